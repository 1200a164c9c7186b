import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { TransactionSummary } from "../api/performanceShapes";
import { duration } from "../design/format";
import { HistogramView } from "../design/HistogramView";
import { PartialNotice } from "../design/PartialNotice";
import { Segments } from "../design/Segments";
import { ExploreLink } from "../explore/ExploreLink";
import { HistogramForms } from "./HistogramForms";
import { HistogramTable } from "./HistogramTable";
import { Part, PartHead } from "./Part";
import { samplesQuery, shownRuns } from "./performanceQueries";
import type { SampleSort, TransactionSearch } from "./performanceSearch";
import { runFields, runSearch, runsWithin } from "./runSearch";
import { SampleTable } from "./SampleTable";
import styles from "./TransactionPage.module.css";

interface DurationSectionProps {
  org: string;
  search: TransactionSearch;
  summary: TransactionSummary;
  change: (part: Partial<TransactionSearch>) => void;
}

/** The same orders in Explore, whose own is the newest first. */
const explored: Record<SampleSort, string | undefined> = {
  slow: "-span.duration",
  fast: "span.duration",
  recent: undefined,
};

const orders: { value: SampleSort; label: string }[] = [
  { value: "slow", label: "Slowest" },
  { value: "fast", label: "Fastest" },
  { value: "recent", label: "Latest" },
];

/** How long it takes, and the runs behind the chosen part of that. */
export function DurationSection({ org, search, summary, change }: DurationSectionProps) {
  const { from, to, samples: sort = "slow" } = search;
  const chosen = from !== undefined && to !== undefined ? { from, to } : undefined;
  const [table, setTable] = useState(false);
  const samples = useQuery(samplesQuery(org, search, { from, to, sort }));
  return (
    <div className={styles.runs}>
      <section aria-label="How long it takes">
        <PartHead
          title="How long it takes"
          action={
            <HistogramForms label="Durations" buckets={summary.histogram} unit=" ms" table={table} show={setTable} />
          }
        />
        {table ? (
          <HistogramTable buckets={summary.histogram} measure="Duration" counted="Runs" format={duration} />
        ) : (
          <HistogramView
            label="Durations"
            buckets={summary.histogram}
            format={duration}
            chosen={chosen}
            choose={(range) => change({ from: range?.from, to: range?.to })}
          />
        )}
      </section>
      <Part
        title="Runs"
        note={chosen && `between ${duration(chosen.from)} and ${duration(chosen.to)}`}
        action={
          <Segments
            aria-label="Order of the runs"
            data={orders}
            value={sort}
            onChange={(value) => change({ samples: value === "slow" ? undefined : (value as SampleSort) })}
          />
        }
        query={samples}
        rows={8}
        isEmpty={({ rows, partial }) => rows.length === 0 && !partial}
        empty="No run of this length is kept."
      >
        {({ rows, partial }) => (
          <>
            <PartialNotice partial={partial} />
            <SampleTable org={org} rows={rows} />
            {rows.length === shownRuns && (
              <ExploreLink
                org={org}
                className={styles.all}
                ask={{
                  mode: "samples",
                  query: chosen ? runsWithin(search, chosen.from, chosen.to) : runSearch(search),
                  field: runFields,
                  sort: explored[sort],
                }}
              >
                All in Explore
              </ExploreLink>
            )}
          </>
        )}
      </Part>
    </div>
  );
}
