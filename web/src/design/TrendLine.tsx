import styles from "./TrendLine.module.css";
import type { TimePoint } from "./timeSeries";
import { trendPaths } from "./trendPaths";

const width = 96;
const height = 20;

interface TrendLineProps {
  /** Absent until they have come. */
  points: readonly TimePoint[] | undefined;
  label: string;
  format: (value: number) => string;
}

/** A small line over its base, which breaks where nothing was measured; its place is kept while it has not come. */
export function TrendLine({ points, label, format }: TrendLineProps) {
  if (!points) {
    return <span className={styles.line} data-waiting />;
  }
  const known = points.flatMap(([, value]) => (value === null ? [] : [value]));
  const [first] = known;
  if (first === undefined) {
    return <span className={styles.line} />;
  }
  const text =
    known.length === 1
      ? `${label}: ${format(first)}, measured once`
      : `${label}: ${format(first)} to ${format(known.at(-1) ?? first)}, at most ${format(Math.max(...known))}`;
  const { line, stems, heads } = trendPaths(points, width, height);
  return (
    <svg className={styles.line} viewBox={`0 0 ${width} ${height}`} role="img" aria-label={text}>
      <title>{text}</title>
      <path className={styles.base} d={`M0 ${height - 0.5}h${width}`} />
      <path className={styles.stem} d={stems} />
      <path d={line} />
      <path className={styles.head} d={heads} />
    </svg>
  );
}
