export interface HistogramBucket {
  from: number;
  to: number;
  count: number;
}

/** Which buckets a part of the width, from 0 to 1, covers; ends in any order. */
export function bucketsWithin(
  buckets: readonly HistogramBucket[],
  start: number,
  end: number,
): { from: number; to: number } | undefined {
  const low = Math.floor(Math.max(0, Math.min(start, end)) * buckets.length);
  const high = Math.ceil(Math.min(1, Math.max(start, end)) * buckets.length) - 1;
  const begin = Math.min(low, buckets.length - 1);
  const first = buckets[begin];
  const last = buckets[Math.max(begin, high)];
  return first && last && { from: first.from, to: last.to };
}
