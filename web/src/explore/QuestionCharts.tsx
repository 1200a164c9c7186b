import { type ReactNode, useMemo } from "react";
import type { EventSeries, EventSeriesAnswer } from "../api/exploreShapes";
import { ChartPanel } from "../design/ChartPanel";
import { SampledMark } from "../design/SampledMark";
import { useReleaseMarks } from "../releases/releaseMarks";
import { isoOf, useZoom } from "../shell/useZoom";
import { formatOf } from "./cells";
import { columnName } from "./columns";
import styles from "./ExplorePage.module.css";
import type { ExploreSearch, Question } from "./exploreSearch";
import { rowsBehindSeries, seriesName } from "./seriesNames";
import { seriesOf } from "./seriesOf";

interface QuestionChartsProps {
  org: string;
  search: ExploreSearch;
  question: Question;
  answer: EventSeriesAnswer | undefined;
  failure: { error: unknown; retry: () => void } | undefined;
  /** The choice of the kind of chart, beside the first. */
  kind: ReactNode;
  change: (part: Partial<ExploreSearch>) => void;
}

/** A chart for each function, with a series for each of the top groups. A click leads to the rows of that moment. */
export function QuestionCharts({ org, search, question, answer, failure, kind, change }: QuestionChartsProps) {
  const marks = useReleaseMarks(org, search);
  const zoom = useZoom();
  const { show, by } = question;
  const charts = useMemo(
    () =>
      show.map((yAxis) => {
        const own = answer?.timeSeries.filter((one) => one.yAxis === yAxis);
        const series = own && seriesOf(own, (one) => seriesName(one, own));
        return { yAxis, own, series, format: formatOf(own?.[0]?.meta.valueType, own?.[0]?.meta.valueUnit) };
      }),
    [answer, show],
  );
  const shape = search.chart ?? "line";
  const pick = (own: readonly EventSeries[]) => (from: number, to: number, name: string) => {
    const query = rowsBehindSeries(question, name, own);
    if (query === undefined) {
      return;
    }
    change({
      mode: "samples",
      query: query || undefined,
      statsPeriod: undefined,
      start: isoOf(from),
      end: isoOf(to),
    });
  };
  return (
    <div className={styles.charts}>
      {charts.map(({ yAxis, own, series, format }, index) => (
        <ChartPanel
          key={yAxis}
          title={columnName(yAxis)}
          note={
            <>
              {answer?.meta.tocsin?.sampled && <SampledMark />}
              {index === 0 && kind}
            </>
          }
          series={series}
          failure={failure}
          shape={shape === "bar" && by.length > 0 ? (addsUp(yAxis) ? "stack" : "line") : shape}
          format={format}
          marks={marks}
          zoom={zoom}
          pick={own && pick(own)}
          tall
        />
      ))}
    </div>
  );
}

/** Whether the values of groups make a whole: percentiles on top of each other would mean nothing. */
const addsUp = (yAxis: string): boolean => /^(count|count_if|sum|failure_count|[et]p[ms])\(/.test(yAxis);
