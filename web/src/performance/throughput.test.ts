import { expect, it } from "vitest";
import { throughputOf } from "./throughput";

it("says how often something ran in the unit of the figures above it, not in runs of a stretch", () => {
  const { series, format } = throughputOf(
    [
      [0, 120],
      [14_400, 8],
      [28_800, null],
    ],
    14_400,
    0.01,
  );

  expect(series[0]?.points).toEqual([
    [0, 30],
    [14_400, 2],
    [28_800, null],
  ]);
  expect(format(30)).toBe("30/h");
});

it("draws what never ran", () => {
  expect(throughputOf([], 60, 0).series[0]?.points).toEqual([]);
});
