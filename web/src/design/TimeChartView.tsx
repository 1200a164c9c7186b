import { useComputedColorScheme } from "@mantine/core";
import { useEffect, useRef } from "react";
import type { Bucket } from "../api/shapes";
import { TimeChart } from "./TimeChart";
import styles from "./TimeChartView.module.css";

interface TimeChartViewProps {
  buckets: readonly Bucket[];
  noun: string;
  zoom: (from: number, to: number) => void;
}

export function TimeChartView({ buckets, noun, zoom }: TimeChartViewProps) {
  const place = useRef<HTMLDivElement>(null);
  const scheme = useComputedColorScheme("light");
  const onZoom = useRef(zoom);
  useEffect(() => {
    onZoom.current = zoom;
  });

  // biome-ignore lint/correctness/useExhaustiveDependencies: the theme's colours are read from the page, so a new theme draws anew.
  useEffect(() => {
    if (!place.current) {
      return undefined;
    }
    const chart = new TimeChart(place.current, buckets, { noun, zoom: (from, to) => onZoom.current(from, to) });
    return () => chart.destroy();
  }, [buckets, noun, scheme]);

  return <div ref={place} className={styles.chart} />;
}
