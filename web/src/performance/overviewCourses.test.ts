import { expect, it } from "vitest";
import type { EventSeries } from "../api/exploreShapes";
import { coursesOf } from "./overviewCourses";

const seriesOf = (yAxis: string, values: (number | null)[]) =>
  ({ yAxis, values: values.map((value, index) => ({ timestamp: index * 60_000, value })) }) as EventSeries;

it("draws throughput in one unit, in which its highest value can be read", () => {
  const { series, format } = coursesOf([seriesOf("epm()", [0.02, 0.05])])["epm()"];
  expect(series[0]?.name).toBe("per hour");
  expect(series[0]?.points).toEqual([
    [0, 1.2],
    [60, 3],
  ]);
  expect(series[0]?.points.map(([, value]) => format(value ?? 0))).toEqual(["1.2/h", "3/h"]);
});

it("draws nothing where nothing ran", () => {
  const courses = coursesOf([seriesOf("epm()", [2, 0]), seriesOf("failure_rate()", [0, 0])]);
  expect(courses["failure_rate()"].series[0]?.points).toEqual([
    [0, 0],
    [60, null],
  ]);
});
