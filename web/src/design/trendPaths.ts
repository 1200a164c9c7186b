import type { TimePoint } from "./timeSeries";

interface TrendPaths {
  /** Through the values that follow each other. */
  line: string;
  /** From the base to each value that has no neighbours, for which there is no line. */
  stems: string;
  /** A point of no length at each of those, to be drawn with round ends. */
  heads: string;
}

/** Room for the ends of lines and for round heads. */
const inset = 2;

/** The highest value is at the top; a single stretch of time stands in the middle. */
export function trendPaths(points: readonly TimePoint[], width: number, height: number): TrendPaths {
  const most = points.reduce((highest, [, value]) => Math.max(highest, value ?? 0), 0) || 1;
  const step = (width - 2 * inset) / Math.max(1, points.length - 1);
  const isKnown = (index: number) => (points[index]?.[1] ?? null) !== null;
  const paths = { line: "", stems: "", heads: "" };
  points.forEach(([, value], index) => {
    if (value === null) {
      return;
    }
    const x = points.length === 1 ? width / 2 : inset + index * step;
    const y = height - inset - (value / most) * (height - 2 * inset);
    const at = `${x.toFixed(1)} ${y.toFixed(1)}`;
    if (isKnown(index - 1)) {
      paths.line += `L${at}`;
    } else if (isKnown(index + 1)) {
      paths.line += `M${at}`;
    } else {
      paths.stems += `M${at}V${height}`;
      paths.heads += `M${at}h0`;
    }
  });
  return paths;
}
