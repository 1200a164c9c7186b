import { useEffect, useRef } from "react";
import { SeriesChart, type SeriesChartOptions } from "./SeriesChart";
import styles from "./SeriesChartView.module.css";
import { useScheme } from "./scheme";

/** The chart in the page; it is drawn anew when what it shows changes, not when only a callback does. */
export function SeriesChartView(options: SeriesChartOptions) {
  const { zoom, pick, pickMark, series, shape, format, ceiling, limits, marks } = options;
  const place = useRef<HTMLDivElement>(null);
  const scheme = useScheme();
  const latest = useRef({ zoom, pick, pickMark, format });
  const picks = pick !== undefined;
  const picksMarks = pickMark !== undefined;
  useEffect(() => {
    latest.current = { zoom, pick, pickMark, format };
  });

  // biome-ignore lint/correctness/useExhaustiveDependencies: the theme's colours are read from the page, so a new theme draws anew.
  useEffect(() => {
    if (!place.current) {
      return undefined;
    }
    const chart = new SeriesChart(place.current, {
      series,
      shape,
      ceiling,
      limits,
      marks,
      format: (value) => latest.current.format(value),
      zoom: (from, to) => latest.current.zoom(from, to),
      pick: picks ? (from, to, name) => latest.current.pick?.(from, to, name) : undefined,
      pickMark: picksMarks ? (mark) => latest.current.pickMark?.(mark) : undefined,
    });
    return () => chart.destroy();
  }, [series, shape, ceiling, limits, marks, picks, picksMarks, scheme]);

  return <div ref={place} className={styles.chart} data-picks={picks} />;
}
