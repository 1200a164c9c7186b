import styles from "./TrendLine.module.css";
import type { TimePoint } from "./timeSeries";

const width = 96;
const height = 20;

/** A small line that breaks where nothing was measured; its place is kept while it has not come. */
export function TrendLine({
  points,
  label,
  format,
}: {
  points: readonly TimePoint[] | undefined;
  label: string;
  format: (value: number) => string;
}) {
  if (!points) {
    return <span className={styles.line} data-waiting />;
  }
  const known = points.flatMap(([, value]) => (value === null ? [] : [value]));
  const most = Math.max(...known, 0);
  if (known.length === 0) {
    return <span className={styles.line} />;
  }
  const text = `${label}: ${format(known[0] ?? 0)} to ${format(known.at(-1) ?? 0)}, at most ${format(most)}`;
  return (
    <svg className={styles.line} viewBox={`0 0 ${width} ${height}`} role="img" aria-label={text}>
      <title>{text}</title>
      <path d={pathOf(points, most)} />
    </svg>
  );
}

/** A point alone becomes a short stroke, so that it is seen. */
export function pathOf(points: readonly TimePoint[], most: number): string {
  const step = width / Math.max(1, points.length - 1);
  let path = "";
  let down = false;
  points.forEach(([, value], index) => {
    if (value === null) {
      down = false;
      return;
    }
    const x = (index * step).toFixed(1);
    const y = (height - 1.5 - (value / (most || 1)) * (height - 3)).toFixed(1);
    const alone = !down && (points[index + 1]?.[1] ?? null) === null;
    path += `${down ? "L" : "M"}${x} ${y}${alone ? "h1.5" : ""}`;
    down = true;
  });
  return path;
}
