import { expect, it } from "vitest";
import { ratingOf, scoreRating, vitalFormat, vitalOrder, vitalWords } from "./vitalText";

it("counts a value at the limit as the better one", () => {
  expect([2500, 2501, 4000, 4001].map((value) => ratingOf("lcp", value, "google"))).toEqual([
    "good",
    "meh",
    "meh",
    "poor",
  ]);
  expect(ratingOf("lcp", 2000, "sentry")).toBe("meh");
  expect(scoreRating(90)).toBe("good");
});

it("gives the parts of the score all of it", () => {
  expect(vitalOrder.reduce((sum, vital) => sum + vitalWords[vital].weight, 0)).toBe(100);
});

it("writes layout shift without a unit", () => {
  expect(vitalFormat("cls")(0.034)).toBe("0.034");
  expect(vitalFormat("inp")(180)).toBe("180 ms");
});
