import type { Bucket } from "../api/shapes";
import { exactNumber, moment } from "./format";
import styles from "./Sparkline.module.css";

const width = 112;
const height = 20;

/** One bar per bucket on a shared baseline. A bucket without events is a gap, not a bar of height zero. */
export function Sparkline({
  buckets,
  label,
  noun = "events",
}: {
  buckets: readonly Bucket[];
  label: string;
  noun?: string;
}) {
  const most = Math.max(1, ...buckets.map(([, count]) => count));
  const step = width / Math.max(1, buckets.length);
  const total = buckets.reduce((sum, [, count]) => sum + count, 0);
  return (
    <svg
      className={styles.line}
      viewBox={`0 0 ${width} ${height}`}
      role="img"
      aria-label={`${label}: ${exactNumber(total)} ${noun}`}
    >
      <line className={styles.base} x1="0" x2={width} y1={height - 0.5} y2={height - 0.5} />
      {buckets.map(([at, count], index) => {
        if (count === 0) {
          return null;
        }
        const tall = Math.max(2, (count / most) * (height - 2));
        return (
          <rect
            key={at}
            className={styles.bar}
            x={index * step}
            y={height - tall}
            width={Math.max(1.5, step - 1)}
            height={tall}
          >
            <title>{`${exactNumber(count)} ${noun}, ${moment(new Date(at * 1000))}`}</title>
          </rect>
        );
      })}
    </svg>
  );
}
