import { expect, it } from "vitest";
import { align, alone, isEmpty, stack, stepOf } from "./timeSeries";

const series = (name: string, points: [number, number | null][]) => ({ name, colour: "--bar", points });

it("puts series that begin at different moments side by side", () => {
  const table = align([
    series("a", [
      [10, 1],
      [30, 3],
    ]),
    series("b", [
      [20, 5],
      [30, 0],
    ]),
  ]);
  expect(table).toEqual({
    times: [10, 20, 30],
    columns: [
      [1, null, 3],
      [null, 5, 0],
    ],
  });
});

it("stacks what is there and leaves a gap where nothing is", () => {
  expect(
    stack([
      [1, null, null],
      [2, 4, null],
    ]),
  ).toEqual([
    [1, 0, null],
    [3, 4, null],
  ]);
});

it("finds values that stand alone", () => {
  expect(alone([1, null, 2, 3, null, 0])).toEqual([0, 5]);
  expect(alone([null])).toEqual([]);
});

it("tells zero from nothing", () => {
  expect(isEmpty([series("a", [[10, null]])])).toBe(true);
  expect(isEmpty([series("a", [[10, 0]])])).toBe(false);
});

it("finds the step between the moments, also past a hole", () => {
  expect(stepOf([0, 60, 240, 300])).toBe(60);
  expect(stepOf([5])).toBe(0);
});
