import type { Bucket } from "../api/shapes";
import { exactNumber } from "../design/format";

const day = 86_400;

/** How the last day compares with the days before it, in words; undefined when there is nothing to say. */
export function trendText(
  buckets: readonly Bucket[],
  nowSeconds: number,
  firstSeenSeconds: number,
): string | undefined {
  const sum = (from: number, to: number) =>
    buckets.reduce((total, [at, count]) => (at >= from && at < to ? total + count : total), 0);
  const last = sum(nowSeconds - day, nowSeconds + 1);
  if (buckets.length === 0) {
    return undefined;
  }
  if (last === 0) {
    const latest = buckets.findLast(([, count]) => count > 0);
    return latest ? `quiet for ${Math.max(1, Math.round((nowSeconds - latest[0]) / day))} d` : "no event in this time";
  }
  const known = Math.min(
    7,
    Math.floor((nowSeconds - Math.max(firstSeenSeconds, buckets[0]?.[0] ?? nowSeconds)) / day) - 1,
  );
  if (known < 1) {
    return `${exactNumber(last)} in the last day`;
  }
  const usual = sum(nowSeconds - day - known * day, nowSeconds - day) / known;
  if (usual === 0) {
    return `back after a quiet ${known === 1 ? "day" : `${known} days`}`;
  }
  const ratio = last / usual;
  const words = ratio >= 1.5 ? `${ratio.toFixed(1)}× the usual` : ratio <= 0.67 ? "falling" : "steady";
  return `${words}, ${exactNumber(last)} in the last day`;
}
