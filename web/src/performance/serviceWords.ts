import type { ServiceEdge, ServiceNode } from "../api/performanceShapes";
import { duration, nounFor, percent, shortNumber } from "../design/format";

type Calls = Pick<ServiceEdge, "count" | "failure_rate" | "p95">;

/** What a thing that is called is called itself. */
export const kindWords: Record<ServiceNode["kind"], string> = {
  service: "service",
  database: "database",
  http: "external",
  queue: "queue",
  cache: "cache",
};

/** Where there is little room: `12.4k · 38 ms · 2.1%`; without the share when nothing failed. */
export function callWords({ count, p95, failure_rate }: Calls): string {
  return [shortNumber(count), p95 !== null && duration(p95), failure_rate > 0 && percent(failure_rate)]
    .filter(Boolean)
    .join(" · ");
}

/** The same in words: `12.4k calls, p95 38 ms, 2.1% failing`. */
export function callSentence({ count, p95, failure_rate }: Calls): string {
  const times = p95 === null ? "no times" : `p95 ${duration(p95)}`;
  return `${shortNumber(count)} ${nounFor(count, "call")}, ${times}, ${percent(failure_rate)} failing`;
}
