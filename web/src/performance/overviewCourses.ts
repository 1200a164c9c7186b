import type { EventSeries } from "../api/exploreShapes";
import { duration, percent, rateUnit, shortNumber } from "../design/format";
import type { TimeSeries } from "../design/timeSeries";
import { durationColours } from "./durationColours";

interface Course {
  series: TimeSeries[];
  format: (value: number) => string;
}

/** What the charts above the list of transactions draw, by the function that was asked for. */
export function coursesOf(answer: readonly EventSeries[]) {
  const ran = answer.find((one) => one.yAxis === "epm()")?.values ?? [];
  const { minutes, unit, name } = rateUnit(Math.max(0, ...ran.map(({ value }) => value ?? 0)));
  /** Where nothing ran, nothing failed and nothing was fast: that is absence, not zero. */
  const course = (yAxis: string, drawn: Omit<TimeSeries, "points">, times = 1): TimeSeries[] =>
    answer
      .filter((one) => one.yAxis === yAxis)
      .map(({ values }) => ({
        ...drawn,
        points: values.map(({ timestamp, value }, index) => [
          timestamp / 1000,
          value === null || !ran[index]?.value ? null : value * times,
        ]),
      }));
  return {
    "epm()": {
      series: course("epm()", { name, colour: "--bar" }, minutes),
      format: (value) => `${shortNumber(value)}/${unit}`,
    },
    "p95(span.duration)": {
      series: course("p95(span.duration)", { name: "p95", colour: durationColours.p95 }),
      format: duration,
    },
    "failure_rate()": {
      series: course("failure_rate()", { name: "failing", colour: "--error" }),
      format: percent,
    },
  } satisfies Record<string, Course>;
}
