import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import type { EventSeries } from "../api/exploreShapes";
import { ChartPanel } from "../design/ChartPanel";
import { duration, percent, rate } from "../design/format";
import { SampledMark } from "../design/SampledMark";
import type { TimeSeries } from "../design/timeSeries";
import { eventSeriesQuery } from "../explore/exploreQueries";
import { intervalOf } from "../explore/interval";
import { useRowsBehind } from "../explore/useRowsBehind";
import { useReleaseMarks } from "../releases/releaseMarks";
import { allOf, term } from "../search/searchTokens";
import { useZoom } from "../shell/useZoom";
import { durationColours } from "./durationColours";
import type { TransactionListSearch } from "./performanceSearch";
import styles from "./TransactionListPage.module.css";

const charts = [
  {
    yAxis: "epm()",
    title: "Throughput",
    name: "per minute",
    shape: "bar",
    colour: "--bar",
    format: rate,
  },
  {
    yAxis: "p95(span.duration)",
    title: "p95",
    name: "p95",
    shape: "line",
    colour: durationColours.p95,
    format: duration,
  },
  { yAxis: "failure_rate()", title: "Failing", name: "failing", shape: "area", colour: "--error", format: percent },
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
  const drawn = useMemo(
    () =>
      charts.map(
        (chart) =>
          answer.data &&
          oneLine(
            whereAnyRan(answer.data.timeSeries).filter((one) => one.yAxis === chart.yAxis),
            chart,
          ),
      ),
    [answer.data],
  );
  const failure = answer.isError ? { error: answer.error, retry: () => void answer.refetch() } : undefined;
  return (
    <div className={styles.charts} data-stale={answer.isPlaceholderData}>
      {charts.map((chart, index) => (
        <ChartPanel
          key={chart.yAxis}
          title={chart.title}
          note={answer.data?.meta.tocsin?.sampled && <SampledMark />}
          series={drawn[index]}
          failure={failure}
          shape={chart.shape}
          format={chart.format}
          marks={marks}
          zoom={zoom}
          pick={pick}
        />
      ))}
    </div>
  );
}

/** Where nothing ran, nothing failed and nothing was fast: that is absence, not zero. */
function whereAnyRan(series: readonly EventSeries[]): EventSeries[] {
  const ran = series.find((one) => one.yAxis === "epm()")?.values;
  return series.map((one) => ({
    ...one,
    values: one.values.map((point, index) => (ran?.[index]?.value ? point : { ...point, value: null })),
  }));
}

const oneLine = (series: readonly EventSeries[], { name, colour }: { name: string; colour: string }): TimeSeries[] =>
  series.map(({ values }) => ({
    name,
    colour,
    points: values.map(({ timestamp, value }) => [timestamp / 1000, value]),
  }));
