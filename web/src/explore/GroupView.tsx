import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { MoreButton } from "../design/list/MoreButton";
import { PartialNotice } from "../design/PartialNotice";
import { Segments } from "../design/Segments";
import { Bones, Failure } from "../design/States";
import { Counted } from "./Counted";
import styles from "./ExplorePage.module.css";
import { eventSeriesQuery, eventTableQuery } from "./exploreQueries";
import type { ChartKind, ExploreSearch, Question } from "./exploreSearch";
import { GroupTable } from "./GroupTable";
import { intervalOf } from "./interval";
import { NothingFound } from "./NothingFound";
import { isAboutNothing } from "./nothing";
import { QuestionCharts } from "./QuestionCharts";
import { Tips } from "./Tips";

interface GroupViewProps {
  org: string;
  search: ExploreSearch;
  question: Question;
  ask: (part: Partial<Question>) => void;
  change: (part: Partial<ExploreSearch>) => void;
}

/** The answer over time, and in one line per group. */
export function GroupView({ org, search, question, ask, change }: GroupViewProps) {
  const { dataset, query, show, by, top, sort } = question;
  const grouped = by.length > 0;
  const series = useQuery(
    eventSeriesQuery(org, search, {
      dataset,
      query,
      yAxis: show,
      interval: intervalOf(search, 120),
      ...(grouped && { groupBy: by, topEvents: top, sort }),
    }),
  );
  const table = useInfiniteQuery(
    eventTableQuery(org, search, { dataset, query, field: [...by, ...show], sort, per_page: 50 }),
  );
  const pages = table.data?.pages ?? [];
  const rows = pages.flatMap((page) => page.body.data);
  const meta = pages[0]?.body.meta;

  const nothing = meta !== undefined && !meta.tocsin.partial && isAboutNothing(rows, grouped);

  if (table.isError && !table.data) {
    return <Failure what="The question could not be answered" error={table.error} retry={() => void table.refetch()} />;
  }
  return (
    <div className={styles.content} data-stale={table.isPlaceholderData}>
      <PartialNotice partial={meta?.tocsin.partial || series.data?.meta.tocsin.partial} />
      <Tips tips={meta?.tips} />
      {nothing && <NothingFound org={org} search={search} question={question} />}
      {!nothing && (
        <QuestionCharts
          org={org}
          search={search}
          question={question}
          answer={series.data}
          failure={series.isError ? { error: series.error, retry: () => void series.refetch() } : undefined}
          kind={
            <Segments
              aria-label="Kind of chart"
              data={[
                { value: "line", label: "Line" },
                { value: "area", label: "Area" },
                { value: "bar", label: "Bars" },
              ]}
              value={search.chart ?? "line"}
              onChange={(chart) => change({ chart: chart === "line" ? undefined : (chart as ChartKind) })}
            />
          }
          change={change}
        />
      )}
      {!nothing && (
        <Counted org={org} search={search} question={question} waits={table.isPending || series.isPending} />
      )}
      {table.isPending && <Bones rows={8} />}
      {meta && !nothing && (
        <GroupTable rows={rows} meta={meta} question={question} ask={ask} whole={!table.hasNextPage} />
      )}
      {meta && !nothing && <MoreButton list={table}>More lines</MoreButton>}
    </div>
  );
}
