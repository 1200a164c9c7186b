import { expect, it } from "vitest";
import { limitsOf, ratingOf, scoreRating, shareRating, vitalFormat } from "./vitalText";

it("counts a value at the limit as the better one", () => {
  const limits = [{ vital: "lcp" as const, good: 2500, poor: 4000, phone_good: 2500, phone_poor: 4000, weight: 0.3 }];
  expect([2500, 2501, 4000, 4001, null].map((value) => ratingOf("lcp", value, limits))).toEqual([
    "good",
    "meh",
    "meh",
    "poor",
    undefined,
  ]);
  expect(ratingOf("cls", 0.3, limits)).toBeUndefined();
  expect(scoreRating(90)).toBe("good");
});

it("rates what three of four page loads had", () => {
  const rating = (good: number, meh: number, poor: number) => shareRating({ count: 4, p75: 1, good, meh, poor });
  expect([rating(0.75, 0, 0.25), rating(0.5, 0.25, 0.25), rating(0.7, 0, 0.3)]).toEqual(["good", "meh", "poor"]);
  expect(shareRating({ count: 0, p75: null, good: 0, meh: 0, poor: 0 })).toBeUndefined();
});

it("holds a p75 against the limits of what most page loads came from", () => {
  const limits = [{ vital: "lcp" as const, good: 1200, poor: 2400, phone_good: 2500, phone_poor: 4000, weight: 0.3 }];
  expect([0, 0.5, 0.51, 1].map((phones) => ratingOf("lcp", 2000, limitsOf(limits, phones)))).toEqual([
    "meh",
    "meh",
    "good",
    "good",
  ]);
});

it("writes layout shift without a unit", () => {
  expect(vitalFormat("cls")(0.034)).toBe("0.034");
  expect(vitalFormat("inp")(180)).toBe("180 ms");
});
