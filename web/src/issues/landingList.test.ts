import { expect, it } from "vitest";
import { landingListOf } from "./landingList";

it("knows the list of an address with its search", () => {
  const list = landingListOf({
    pathname: "/organizations/acme/issues",
    search: "?query=is%3Aresolved&project=7&statsPeriod=24h&sort=freq",
  });
  expect(list?.org).toBe("acme");
  expect(JSON.parse(JSON.stringify(list?.search))).toEqual({
    query: "is:resolved",
    project: ["7"],
    statsPeriod: "24h",
    sort: "freq",
  });
});

it.each(["/", "/login", "/organizations/acme/issues/17", "/organizations/acme/traces"])(
  "leaves %s alone",
  (pathname) => {
    expect(landingListOf({ pathname, search: "" })).toBeUndefined();
  },
);
