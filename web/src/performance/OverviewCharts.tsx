import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { ChartPanel } from "../design/ChartPanel";
import { SampledMark } from "../design/SampledMark";
import { eventSeriesQuery } from "../explore/exploreQueries";
import { intervalOf } from "../explore/interval";
import { useRowsBehind } from "../explore/useRowsBehind";
import { useReleaseMarks } from "../releases/releaseMarks";
import { allOf, term } from "../search/searchTokens";
import { useZoom } from "../shell/useZoom";
import { coursesOf } from "./overviewCourses";
import type { TransactionListSearch } from "./performanceSearch";
import styles from "./TransactionListPage.module.css";

const charts = [
  { yAxis: "epm()", title: "Throughput", shape: "bar" },
  { yAxis: "p95(span.duration)", title: "p95", shape: "line" },
  { yAxis: "failure_rate()", title: "Failing", shape: "area" },
] as const;

const yAxis = charts.map((chart) => chart.yAxis);

/** The course of all transactions that the list below is made of. */
export function OverviewCharts({ org, search }: { org: string; search: TransactionListSearch }) {
  const query = allOf("is_transaction:true", search.op && term("span.op", search.op), search.query);
  const interval = intervalOf(search, 60);
  const answer = useQuery(eventSeriesQuery(org, search, { dataset: "spans", query, yAxis, interval }));
  const marks = useReleaseMarks(org, search);
  const zoom = useZoom();
  const pick = useRowsBehind(query);
  const courses = useMemo(() => answer.data && coursesOf(answer.data.timeSeries), [answer.data]);
  const failure = answer.isError ? { error: answer.error, retry: () => void answer.refetch() } : undefined;
  return (
    <div className={styles.charts} data-stale={answer.isPlaceholderData}>
      {charts.map((chart) => (
        <ChartPanel
          key={chart.yAxis}
          title={chart.title}
          note={answer.data?.meta.tocsin?.sampled && <SampledMark />}
          series={courses?.[chart.yAxis].series}
          failure={failure}
          shape={chart.shape}
          format={courses?.[chart.yAxis].format ?? String}
          marks={marks}
          zoom={zoom}
          pick={pick}
        />
      ))}
    </div>
  );
}
