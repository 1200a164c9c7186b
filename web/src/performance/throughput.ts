import { rateUnit, shortNumber } from "../design/format";
import type { TimePoint, TimeSeries } from "../design/timeSeries";

/** How many ran in each stretch of so many seconds, as a rate, in the unit in which the highest can be read. */
export function throughputOf(counts: readonly TimePoint[], seconds: number) {
  const perMinute = counts.map(([at, count]) => [at, count === null ? null : count / (seconds / 60)] as const);
  const { minutes, unit, name } = rateUnit(Math.max(0, ...perMinute.map(([, value]) => value ?? 0)));
  const series: TimeSeries = {
    name,
    colour: "--bar",
    points: perMinute.map(([at, value]) => [at, value === null ? null : value * minutes]),
  };
  return { series: [series], format: (value: number) => `${shortNumber(value)}/${unit}` };
}
