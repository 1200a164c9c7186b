import { useMemo } from "react";
import type { TraceDetail } from "../api/traceShapes";
import { useNow } from "../design/clock";
import { mayGrow } from "./traceQueries";

/** Whether more of a trace may come, also when it stays as it is while the time for that runs out. */
export function useMayGrow(trace: TraceDetail): boolean {
  const now = useNow();
  return useMemo(() => mayGrow(trace, now), [trace, now]);
}
