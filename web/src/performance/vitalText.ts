import type { Vital, VitalLimit, VitalShare } from "../api/performanceShapes";
import { duration } from "../design/format";

interface VitalWords {
  name: string;
  full: string;
}

export const vitalOrder: readonly Vital[] = ["lcp", "inp", "cls", "fcp", "ttfb"];

export const vitalWords: Record<Vital, VitalWords> = {
  lcp: {
    name: "LCP",
    full: "Largest contentful paint: when the main content stood",
  },
  inp: {
    name: "INP",
    full: "Interaction to next paint: how long the page took to answer",
  },
  cls: {
    name: "CLS",
    full: "Cumulative layout shift: how much moved under the reader",
  },
  fcp: {
    name: "FCP",
    full: "First contentful paint: when anything stood",
  },
  ttfb: {
    name: "TTFB",
    full: "Time to first byte: when the server answered",
  },
};

export type Rating = "good" | "meh" | "poor";

export const ratingWords: Record<Rating, string> = { good: "good", meh: "needs work", poor: "poor" };

/** Up to `good` is good, above `poor` is poor; nothing is said about a vital without limits or without a value. */
export function ratingOf(vital: Vital, value: number | null, limits: readonly VitalLimit[]): Rating | undefined {
  const limit = limits.find((one) => one.vital === vital);
  return value === null || !limit ? undefined : value <= limit.good ? "good" : value <= limit.poor ? "meh" : "poor";
}

/** What three of four page loads had, each by the limits of its device. */
export function shareRating({ count, good, poor }: VitalShare): Rating | undefined {
  return count === 0 ? undefined : good >= 0.75 ? "good" : poor > 0.25 ? "poor" : "meh";
}

/** The limits of phones where most page loads came from them, otherwise those of desktops. Google's are the same. */
export const limitsOf = (limits: readonly VitalLimit[], phones: number): readonly VitalLimit[] =>
  phones <= 0.5 ? limits : limits.map((limit) => ({ ...limit, good: limit.phone_good, poor: limit.phone_poor }));

export const vitalFormat = (vital: Vital): ((value: number) => string) =>
  vital === "cls" ? (value) => value.toFixed(value < 0.1 ? 3 : 2) : duration;

/** As Google reads a score out of 100. */
export const scoreRating = (score: number): Rating => (score >= 90 ? "good" : score >= 50 ? "meh" : "poor");
