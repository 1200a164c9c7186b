import { expect, it } from "vitest";
import { roundSplits } from "./ticks";

it("marks an axis at round values that fit below its top", () => {
  expect(roundSplits(968)).toEqual([0, 400, 800]);
  expect(roundSplits(0.047)).toEqual([0, 0.02, 0.04]);
  expect(roundSplits(1)).toEqual([0, 0.5, 1]);
  expect(roundSplits(1, true)).toEqual([0, 1]);
});
