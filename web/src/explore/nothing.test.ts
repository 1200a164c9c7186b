import { expect, it } from "vitest";
import { isAboutNothing } from "./nothing";

it("knows that nothing was counted", () => {
  expect(isAboutNothing([], true)).toBe(true);
  expect(isAboutNothing([], false)).toBe(true);
  expect(isAboutNothing([{ "count()": 0 }], false)).toBe(true);
  expect(isAboutNothing([{ "count_unique(user)": 0, "epm()": 0, "p95(span.duration)": null }], false)).toBe(true);
  expect(isAboutNothing([{ "failure_rate()": null }], false)).toBe(true);
});

it("takes a zero that is an answer for one", () => {
  expect(isAboutNothing([{ "failure_rate()": 0 }], false)).toBe(false);
  expect(isAboutNothing([{ "count_if(span.status, equals, ok)": 0, "count()": 7 }], false)).toBe(false);
  expect(isAboutNothing([{ transaction: "GET /", "failure_rate()": 0 }], true)).toBe(false);
  expect(isAboutNothing([{ "count()": 7, "p95(measurements.lcp)": null }], false)).toBe(false);
});
