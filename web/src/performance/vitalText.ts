import { duration } from "../design/format";
import type { Vital } from "./shapes";

interface VitalWords {
  name: string;
  full: string;
  /** Up to `good` is good, above `poor` is poor; CLS has no unit, the others milliseconds. */
  limits: Record<"google" | "sentry", { good: number; poor: number }>;
  /** Its share of the score. */
  weight: number;
}

export const vitalOrder: readonly Vital[] = ["lcp", "inp", "cls", "fcp", "ttfb"];

export const vitalWords: Record<Vital, VitalWords> = {
  lcp: {
    name: "LCP",
    full: "Largest contentful paint: when the main content stood",
    limits: { google: { good: 2500, poor: 4000 }, sentry: { good: 1200, poor: 2400 } },
    weight: 30,
  },
  inp: {
    name: "INP",
    full: "Interaction to next paint: how long the page took to answer",
    limits: { google: { good: 200, poor: 500 }, sentry: { good: 200, poor: 500 } },
    weight: 30,
  },
  cls: {
    name: "CLS",
    full: "Cumulative layout shift: how much moved under the reader",
    limits: { google: { good: 0.1, poor: 0.25 }, sentry: { good: 0.1, poor: 0.25 } },
    weight: 15,
  },
  fcp: {
    name: "FCP",
    full: "First contentful paint: when anything stood",
    limits: { google: { good: 1800, poor: 3000 }, sentry: { good: 900, poor: 1600 } },
    weight: 15,
  },
  ttfb: {
    name: "TTFB",
    full: "Time to first byte: when the server answered",
    limits: { google: { good: 800, poor: 1800 }, sentry: { good: 200, poor: 400 } },
    weight: 10,
  },
};

export type Rating = "good" | "meh" | "poor";

export function ratingOf(vital: Vital, value: number, thresholds: "google" | "sentry"): Rating {
  const { good, poor } = vitalWords[vital].limits[thresholds];
  return value <= good ? "good" : value <= poor ? "meh" : "poor";
}

export const vitalFormat = (vital: Vital): ((value: number) => string) =>
  vital === "cls" ? (value) => value.toFixed(value < 0.1 ? 3 : 2) : duration;

/** As Google reads a score out of 100. */
export const scoreRating = (score: number): Rating => (score >= 90 ? "good" : score >= 50 ? "meh" : "poor");
