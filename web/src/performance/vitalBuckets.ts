import type { Vital, VitalLimit } from "../api/performanceShapes";
import type { HistogramBucket } from "../design/histogram";

const perRating = 5;

/** Where bars end: five up to good, five more up to poor, and as many up to twice that; the limits are ends of bars. */
export function edgesOf({ good, poor }: Pick<VitalLimit, "good" | "poor">): number[] {
  const between = (from: number, to: number) =>
    Array.from({ length: perRating }, (_, index) => tidy(from + ((to - from) * (index + 1)) / perRating));
  return [...between(0, good), ...between(good, poor), ...between(poor, 2 * poor)];
}

/** No more digits than a name of a field should have. */
const tidy = (value: number): number => Number(value.toPrecision(4));

export const countUpTo = (vital: Vital, edge: number): string => `count_if(measurements.${vital},lessOrEquals,${edge})`;
export const countAll = (vital: Vital): string => `count(measurements.${vital})`;
export const longest = (vital: Vital): string => `max(measurements.${vital})`;

/** The bars from the counts up to each end; the last one reaches to the longest that was measured. */
export function bucketsOf(
  vital: Vital,
  edges: readonly number[],
  counts: Readonly<Record<string, unknown>>,
): HistogramBucket[] {
  const number = (name: string) => Number(counts[name] ?? 0);
  const bars = edges.map((to, index): HistogramBucket => {
    const from = edges[index - 1] ?? 0;
    return { from, to, count: number(countUpTo(vital, to)) - (index > 0 ? number(countUpTo(vital, from)) : 0) };
  });
  const last = edges.at(-1) ?? 0;
  const beyond = number(countAll(vital)) - number(countUpTo(vital, last));
  return beyond > 0
    ? [...bars, { from: last, to: Math.max(last, number(longest(vital))), count: beyond }]
    : withoutEnd(bars);
}

/** Bars at the end that count nothing would only take the place of the others; the limit of poor stays in sight. */
function withoutEnd(bars: readonly HistogramBucket[]): HistogramBucket[] {
  const last = bars.findLastIndex((bar) => bar.count > 0);
  return bars.slice(0, Math.max(2 * perRating, last + 1));
}
