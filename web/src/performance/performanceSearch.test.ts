import { expect, it } from "vitest";
import { readTransactionListSearch, readTransactionSearch, readVitalsSearch } from "./performanceSearch";

it("leaves the defaults out of the address", () => {
  expect(readTransactionListSearch({ sort: "time_lost", op: "" })).toEqual({});
  expect(readVitalsSearch({ by: "page", vital: "lcp", thresholds: "google" })).toEqual({});
  expect(readTransactionSearch({ transaction: "GET /", against: "releases" })).toEqual({ transaction: "GET /" });
  expect(readTransactionSearch({ transaction: "GET /", against: "time" }).against).toBe("time");
});

it("forgets what it does not know", () => {
  expect(readTransactionListSearch({ sort: "drop table", query: ["a"] })).toEqual({});
  expect(readVitalsSearch({ by: "moon", thresholds: "sentry" })).toEqual({ thresholds: "sentry" });
});

it("reads a brushed part of the histogram only when it has two ends in order", () => {
  const search = (from: unknown, to: unknown) => readTransactionSearch({ transaction: "GET /", from, to });
  expect(search("120", "480.5")).toMatchObject({ from: 120, to: 480.5 });
  expect(search("480", "120")).toMatchObject({ from: undefined, to: undefined });
  expect(search("120", undefined)).toMatchObject({ from: undefined });
});
