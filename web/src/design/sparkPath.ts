import type { Bucket } from "../api/shapes";

const gap = 1;
const leastWidth = 1.5;
const leastHeight = 2;

/** All bars as one path; a bucket without events is a gap. */
export function sparkPath(buckets: readonly Bucket[], width: number, height: number): string {
  const most = Math.max(1, ...buckets.map(([, count]) => count));
  const step = width / Math.max(1, buckets.length);
  const wide = Math.max(leastWidth, step - gap);
  let path = "";
  buckets.forEach(([, count], index) => {
    if (count > 0) {
      const tall = Math.max(leastHeight, (count / most) * (height - 2));
      path += `M${short(index * step)} ${height}v${short(-tall)}h${short(wide)}v${short(tall)}z`;
    }
  });
  return path;
}

const short = (value: number) => Math.round(value * 100) / 100;
