import { expect, it } from "vitest";
import { readScope, scopeQuery } from "./scope";
import { parseSearch, stringifySearch } from "./searchText";

it("survives the way through the URL", () => {
  const scope = { project: ["1", "7"], environment: ["production"], statsPeriod: "24h" };
  expect(readScope(parseSearch(stringifySearch(scope)))).toEqual(scope);
});

it("reads a single project as a list of one", () => {
  expect(readScope(parseSearch("?project=3"))).toEqual({ project: ["3"] });
});

it("leaves out what is not a project id, a period or a pair of moments in order", () => {
  expect(readScope({ project: ["x", "-1"], statsPeriod: "soon" })).toEqual({});
  expect(readScope({ start: "2026-11-20", end: "2026-11-01" })).toEqual({});
  expect(readScope({ start: "nonsense", end: "2026-11-01", statsPeriod: "7d" })).toEqual({ statsPeriod: "7d" });
});

it("takes away what it cannot understand, as the router keeps what is not named", () => {
  const unread = { project: "-1", statsPeriod: "soon", start: "now", end: 7 };
  expect({ ...unread, ...readScope(unread) }).toEqual({});
});

it("prefers an absolute time over a period and always names one to the API", () => {
  const scope = readScope({ start: "2026-11-01T00:00:00Z", end: "2026-11-02T00:00:00Z", statsPeriod: "7d" });
  expect(scopeQuery(scope)).toMatchObject({ start: "2026-11-01T00:00:00.000Z", end: "2026-11-02T00:00:00.000Z" });
  expect(scopeQuery(scope)).not.toHaveProperty("statsPeriod");
  expect(scopeQuery({})).toMatchObject({ statsPeriod: "14d" });
});

it("keeps queries readable in the address bar", () => {
  expect(stringifySearch({ query: "is:unresolved level:error", cursor: undefined })).toBe(
    "?query=is:unresolved+level:error",
  );
});
