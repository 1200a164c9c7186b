import { expect, it } from "vitest";
import { bucketsWithin } from "./histogram";

const buckets = [
  { from: 0, to: 10, count: 1 },
  { from: 10, to: 20, count: 4 },
  { from: 20, to: 40, count: 2 },
  { from: 40, to: 80, count: 1 },
];

it("takes whole buckets, also those that are only touched", () => {
  expect(bucketsWithin(buckets, 0.3, 0.6)).toEqual({ from: 10, to: 40 });
});

it("reads a stretch drawn from right to left", () => {
  expect(bucketsWithin(buckets, 0.9, 0.55)).toEqual({ from: 20, to: 80 });
});

it("stays within the ends and takes one bucket for a click", () => {
  expect(bucketsWithin(buckets, -0.4, 0.1)).toEqual({ from: 0, to: 10 });
  expect(bucketsWithin(buckets, 1, 1)).toEqual({ from: 40, to: 80 });
  expect(bucketsWithin([], 0, 1)).toBeUndefined();
});
