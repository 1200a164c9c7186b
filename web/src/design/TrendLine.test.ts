import { expect, it } from "vitest";
import { pathOf } from "./TrendLine";

it("lifts the pen where nothing was measured", () => {
  const path = pathOf(
    [
      [0, 1],
      [1, 2],
      [2, null],
      [3, 1],
      [4, 1],
    ],
    2,
  );
  expect(path.match(/M/g)).toHaveLength(2);
});

it("draws a value without neighbours as a stroke", () => {
  expect(pathOf([[0, 5]], 5)).toContain("h1.5");
});
