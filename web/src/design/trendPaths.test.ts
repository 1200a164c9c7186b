import { expect, it } from "vitest";
import type { TimePoint } from "./timeSeries";
import { trendPaths } from "./trendPaths";

const paths = (...values: (number | null)[]) =>
  trendPaths(
    values.map((value, at): TimePoint => [at, value]),
    96,
    20,
  );

it("lifts the pen where nothing was measured", () => {
  const { line, stems } = paths(1, 2, null, 1, 1);
  expect(line.match(/M/g)).toHaveLength(2);
  expect(line.match(/L/g)).toHaveLength(2);
  expect(stems).toBe("");
});

it("stands a value without neighbours on the base", () => {
  const { line, stems, heads } = paths(null, null, 5, null, null);
  expect(line).toBe("");
  expect(stems).toBe("M48.0 2.0V20");
  expect(heads).toBe("M48.0 2.0h0");
});

it("draws lines and single values beside each other", () => {
  const { line, heads } = paths(4, 4, null, 2, null);
  expect(line).toBe("M2.0 2.0L25.0 2.0");
  expect(heads).toBe("M71.0 10.0h0");
});

it("puts the only stretch of time into the middle, and nothing but zeros on the base", () => {
  expect(paths(5).stems).toBe("M48.0 2.0V20");
  expect(paths(0, 0).line).toBe("M2.0 18.0L94.0 18.0");
});
