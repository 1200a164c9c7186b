import type { UsualKind } from "../api/traceShapes";
import { duration } from "../design/format";
import { isTelling } from "./usual";

/** How a duration stands to those of its kind: `48 ms, p95 120 ms: this one took 2.6 × as long`. */
export function usualWords(own: number, usual: UsualKind | undefined): string | undefined {
  if (!isTelling(usual)) {
    return undefined;
  }
  const words = `${duration(usual.p50)}, p95 ${duration(usual.p95)}`;
  if (own <= usual.p95 || usual.p50 <= 0) {
    return words;
  }
  const times = own / usual.p50;
  return `${words}: this one took ${times >= 10 ? Math.round(times) : times.toFixed(1)} × as long`;
}
