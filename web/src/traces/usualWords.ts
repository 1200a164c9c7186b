import type { TraceSpan } from "../api/traceShapes";
import { duration } from "../design/format";

/** How a duration stands to those of its kind: `48 ms, p95 120 ms: this one took 2.6 × as long`. */
export function usualWords({
  p50,
  p95,
  duration: own,
}: Pick<TraceSpan, "p50" | "p95" | "duration">): string | undefined {
  if (p50 === null || p95 === null || p95 <= p50) {
    return undefined;
  }
  const usual = `${duration(p50)}, p95 ${duration(p95)}`;
  if (own <= p95 || p50 <= 0) {
    return usual;
  }
  const times = own / p50;
  return `${usual}: this one took ${times >= 10 ? Math.round(times) : times.toFixed(1)} × as long`;
}
