import { rateUnit, shortNumber } from "../design/format";
import type { TimePoint, TimeSeries } from "../design/timeSeries";

/** How many ran in each stretch of so many seconds, as a rate, in the unit in which that of all is written above it. */
export function throughputOf(counts: readonly TimePoint[], seconds: number, perMinuteInAll: number) {
  const { minutes, unit, name } = rateUnit(perMinuteInAll);
  const stretch = seconds / 60 / minutes;
  const series: TimeSeries = {
    name,
    colour: "--bar",
    points: counts.map(([at, count]) => [at, count === null ? null : count / stretch]),
  };
  return { series: [series], format: (value: number) => `${shortNumber(value)}/${unit}` };
}
