import { SegmentedControl } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import type { TransactionSummary } from "../api/performanceShapes";
import { duration } from "../design/format";
import { HistogramView } from "../design/HistogramView";
import { Part, PartHead } from "./Part";
import { samplesQuery } from "./performanceQueries";
import type { SampleSort, TransactionSearch } from "./performanceSearch";
import { SampleTable } from "./SampleTable";
import styles from "./TransactionPage.module.css";

interface DurationSectionProps {
  org: string;
  search: TransactionSearch;
  summary: TransactionSummary;
  change: (part: Partial<TransactionSearch>) => void;
}

const orders: { value: SampleSort; label: string }[] = [
  { value: "slow", label: "Slowest" },
  { value: "fast", label: "Fastest" },
  { value: "recent", label: "Latest" },
];

/** How long it takes, and the runs behind the chosen part of that. */
export function DurationSection({ org, search, summary, change }: DurationSectionProps) {
  const { from, to, samples: sort = "slow" } = search;
  const chosen = from !== undefined && to !== undefined ? { from, to } : undefined;
  const samples = useQuery(samplesQuery(org, search, { from, to, sort }));
  return (
    <div className={styles.runs}>
      <section aria-label="How long it takes">
        <PartHead title="How long it takes" />
        <HistogramView
          label="Durations"
          buckets={summary.histogram}
          format={duration}
          chosen={chosen}
          choose={(range) => change({ from: range?.from, to: range?.to })}
        />
      </section>
      <Part
        title="Runs"
        note={chosen && `between ${duration(chosen.from)} and ${duration(chosen.to)}`}
        action={
          <SegmentedControl
            aria-label="Order of the runs"
            data={orders}
            value={sort}
            onChange={(value) => change({ samples: value === "slow" ? undefined : (value as SampleSort) })}
          />
        }
        query={samples}
        rows={8}
        isEmpty={(rows) => rows.length === 0}
        empty="No run of this length is kept."
      >
        {(rows) => <SampleTable org={org} rows={rows} />}
      </Part>
    </div>
  );
}
