import { useMemo } from "react";
import type { TransactionSummary } from "../api/performanceShapes";
import { ChartPanel } from "../design/ChartPanel";
import { duration, percent, shortNumber } from "../design/format";
import { SampledMark } from "../design/SampledMark";
import type { TimeMark } from "../design/timeSeries";
import { useRowsBehind } from "../explore/useRowsBehind";
import { useReleaseMarks } from "../releases/releaseMarks";
import { useZoom } from "../shell/useZoom";
import { durationColours } from "./durationColours";
import type { TransactionSearch } from "./performanceSearch";
import { runSearch } from "./runSearch";
import styles from "./TransactionPage.module.css";
import { throughputOf } from "./throughput";

interface TransactionChartsProps {
  org: string;
  search: TransactionSearch;
  /** Undefined while it is on its way. */
  summary: TransactionSummary | undefined;
  change: (part: Partial<TransactionSearch>) => void;
}

export function TransactionCharts({ org, search, summary, change }: TransactionChartsProps) {
  const marks = useReleaseMarks(org, search);
  const zoom = useZoom();
  const pick = useRowsBehind(runSearch(search));
  const series = useMemo(() => {
    if (!summary) {
      return undefined;
    }
    const { p50, p75, p95, p99, count, failure_rate, users } = summary.series;
    return {
      durations: [
        { name: "p99", colour: durationColours.p99, points: p99 },
        { name: "p95", colour: durationColours.p95, points: p95 },
        { name: "p75", colour: durationColours.p75, points: p75 },
        { name: "p50", colour: durationColours.p50, points: p50 },
      ],
      throughput: throughputOf(count, summary.series.interval, summary.totals?.epm ?? 0),
      failing: [{ name: "failing", colour: "--error", points: failure_rate }],
      users: [{ name: "users", colour: "--bar", points: users }],
    };
  }, [summary]);
  const note = summary?.sampled && <SampledMark />;
  // A release is compared with the one before it.
  const pickMark = ({ at, label }: TimeMark) => {
    const before = marks.toSorted((a, b) => a.at - b.at).findLast((mark) => mark.at < at && mark.label !== label);
    change({ a: before?.label, b: label, against: undefined });
    document.getElementById("compare")?.scrollIntoView({ block: "center" });
  };
  const common = { marks, zoom, note, pick, pickMark };
  return (
    <div className={styles.charts}>
      <ChartPanel title="Duration" series={series?.durations} shape="line" format={duration} {...common} />
      <ChartPanel
        title="Throughput"
        series={series?.throughput.series}
        shape="bar"
        format={series?.throughput.format ?? String}
        {...common}
      />
      <ChartPanel title="Failing" series={series?.failing} shape="area" format={percent} {...common} />
      <ChartPanel title="Users" series={series?.users} shape="bar" format={shortNumber} {...common} />
    </div>
  );
}
