import { expect, it } from "vitest";
import { countedText } from "./countedText";

const period = { statsPeriod: "24h" };

it("says how many rows an answer is made of, and of which time", () => {
  expect(countedText({ count: 48_210, stored: 48_210 }, false, "spans", period)).toBe(
    "From 48,210 stored spans in the last 24 hours.",
  );
  expect(countedText({ count: 1, stored: 1 }, false, "errors", period)).toBe(
    "From 1 stored error in the last 24 hours.",
  );
});

it("says for how many others sampled rows stand", () => {
  expect(countedText({ count: 192_840, stored: 48_210 }, false, "spans", period)).toBe(
    "From 48,210 stored spans, which stand for about 192,840, in the last 24 hours.",
  );
});

it("promises no more than was read", () => {
  expect(countedText({ count: 7, stored: 7 }, true, "errors", period)).toBe(
    "From at least 7 stored errors in the last 24 hours.",
  );
});
