import { type PointerEvent, useState } from "react";
import type { Bucket } from "../api/shapes";
import { exactNumber, moment } from "./format";
import styles from "./Sparkline.module.css";
import { sparkPath } from "./sparkPath";

const width = 112;
const height = 20;

/** One bar per bucket on a shared baseline, and what is under the pointer. A list has hundreds: each is one path. */
export function Sparkline({
  buckets,
  label,
  noun = "events",
}: {
  buckets: readonly Bucket[];
  label: string;
  noun?: string;
}) {
  const [at, setAt] = useState<number>();
  const pointed = at === undefined ? undefined : buckets[at];
  const total = buckets.reduce((sum, [, count]) => sum + count, 0);
  const point = (event: PointerEvent<SVGSVGElement>) => {
    const { left, width: wide } = event.currentTarget.getBoundingClientRect();
    setAt(Math.floor(((event.clientX - left) / wide) * buckets.length));
  };
  return (
    <svg
      className={styles.line}
      viewBox={`0 0 ${width} ${height}`}
      role="img"
      aria-label={`${label}: ${exactNumber(total)} ${noun}`}
      onPointerMove={point}
      onPointerLeave={() => setAt(undefined)}
    >
      {pointed && <title>{`${exactNumber(pointed[1])} ${noun}, ${moment(new Date(pointed[0] * 1000))}`}</title>}
      <path className={styles.base} d={`M0 ${height - 0.5}h${width}`} />
      <path className={styles.bar} d={sparkPath(buckets, width, height)} />
    </svg>
  );
}
