import { useQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useMemo, useState } from "react";
import { ChartPanel } from "../design/ChartPanel";
import { exactNumber } from "../design/format";
import { Segments } from "../design/Segments";
import { useReleaseMarks } from "../releases/releaseMarks";
import { isoOf, useZoom } from "../shell/useZoom";
import styles from "./IssueChart.module.css";
import { issueStatsQuery } from "./issueQueries";

/** Events or users over the chosen time. Brushing it chooses a shorter time, in the URL like any other. */
export function IssueChart({ org, issueId }: { org: string; issueId: string }) {
  const scope = useSearch({ from: "/inside/organizations/$org" });
  const [what, setWhat] = useState<"events" | "users">("events");
  const stats = useQuery(issueStatsQuery(org, issueId, scope));
  const marks = useReleaseMarks(org, scope);
  const zoom = useZoom();
  const navigate = useNavigate();
  const pick = (from: number, to: number) =>
    void navigate({
      to: ".",
      search: (old) => ({ ...old, tab: "events" as const, statsPeriod: undefined, start: isoOf(from), end: isoOf(to) }),
    });
  const buckets = stats.data?.[what];
  // A bucket without events draws nothing: absence, not zero.
  const series = useMemo(
    () =>
      buckets && [{ name: what, colour: "--bar", points: buckets.map(([at, count]) => [at, count || null] as const) }],
    [buckets, what],
  );
  const total = stats.data?.events.reduce((sum, [, count]) => sum + count, 0) ?? 0;

  return (
    <div className={styles.chart}>
      <ChartPanel
        title="Frequency"
        choice={
          <Segments
            aria-label="What is counted"
            data={[
              { value: "events", label: "Events" },
              { value: "users", label: "Users" },
            ]}
            value={what}
            onChange={(value) => setWhat(value === "users" ? "users" : "events")}
          />
        }
        note={
          what === "events" && stats.data && <span className={styles.total}>{exactNumber(total)} in this time</span>
        }
        series={series}
        failure={stats.isError ? { error: stats.error, retry: () => void stats.refetch() } : undefined}
        shape="bar"
        format={exactNumber}
        marks={marks}
        zoom={zoom}
        pick={pick}
      />
    </div>
  );
}
