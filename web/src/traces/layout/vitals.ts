import type { SpanTree } from "./spanTree";

export type Rating = "good" | "meh" | "poor";

export interface VitalMark {
  name: string;
  value: number;
  /** Milliseconds since the start of the trace; undefined for those that are no moment, such as CLS. */
  at: number | undefined;
  rating: Rating;
}

/** Google's limits: good up to the first, poor above the second. */
const limits: [name: string, good: number, poor: number, isMoment: boolean][] = [
  ["ttfb", 800, 1800, true],
  ["fcp", 1800, 3000, true],
  ["lcp", 2500, 4000, true],
  ["inp", 200, 500, false],
  ["cls", 0.1, 0.25, false],
];

export function vitalMarks(vitals: Record<string, number | null> | null, tree: SpanTree): VitalMark[] {
  const load = tree.all.find(({ span }) => span.op === "pageload")?.start ?? tree.roots[0]?.start ?? 0;
  return limits.flatMap(([name, good, poor, isMoment]) => {
    const value = vitals?.[name];
    if (value === null || value === undefined) {
      return [];
    }
    const rating: Rating = value <= good ? "good" : value <= poor ? "meh" : "poor";
    return [{ name: name.toUpperCase(), value, at: isMoment ? load + value : undefined, rating }];
  });
}
