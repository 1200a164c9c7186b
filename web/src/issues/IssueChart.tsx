import { ActionIcon, SegmentedControl } from "@mantine/core";
import { IconChartBar, IconTable } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { lazy, Suspense, useState } from "react";
import { CopyButton } from "../design/Copy";
import { toCsv } from "../design/csv";
import { exactNumber, moment } from "../design/format";
import { Failure } from "../design/States";
import styles from "./IssueChart.module.css";
import { issueStatsQuery } from "./issueQueries";

const TimeChartView = lazy(() =>
  import("../design/TimeChartView").then((module) => ({ default: module.TimeChartView })),
);

/** Events or users over the chosen time. Brushing it chooses a shorter time, in the URL like any other. */
export function IssueChart({ org, issueId }: { org: string; issueId: string }) {
  const scope = useSearch({ from: "/inside/organizations/$org" });
  const navigate = useNavigate();
  const [what, setWhat] = useState<"events" | "users">("events");
  const [table, setTable] = useState(false);
  const stats = useQuery(issueStatsQuery(org, issueId, scope));
  const buckets = stats.data?.[what] ?? [];
  const total = buckets.reduce((sum, [, count]) => sum + count, 0);
  const iso = (seconds: number) => new Date(Math.round(seconds) * 1000).toISOString();

  return (
    <section className={styles.chart} aria-label="Frequency">
      <header className={styles.head}>
        <SegmentedControl
          aria-label="What is counted"
          data={[
            { value: "events", label: "Events" },
            { value: "users", label: "Users" },
          ]}
          value={what}
          onChange={(value) => setWhat(value === "users" ? "users" : "events")}
        />
        {what === "events" && stats.data && <span className={styles.total}>{exactNumber(total)} in this time</span>}
        <span className={styles.gap} />
        {table && (
          <CopyButton
            what="CSV"
            text={() =>
              toCsv(
                ["time", what],
                buckets.map(([at, count]) => [iso(at), count]),
              )
            }
          />
        )}
        <ActionIcon
          size={24}
          aria-label={table ? "Show the chart" : "Show as a table"}
          onClick={() => setTable(!table)}
        >
          {table ? <IconChartBar size={15} /> : <IconTable size={15} />}
        </ActionIcon>
      </header>
      <div className={styles.body}>
        {stats.isError && (
          <Failure what="The chart could not be read" error={stats.error} retry={() => void stats.refetch()} />
        )}
        {stats.data && !table && (
          <Suspense>
            <TimeChartView
              buckets={buckets}
              noun={what}
              zoom={(from, to) =>
                void navigate({
                  to: ".",
                  search: (old) => ({ ...old, statsPeriod: undefined, start: iso(from), end: iso(to) }),
                })
              }
            />
          </Suspense>
        )}
        {stats.data && table && (
          <div className={styles.scroll}>
            <table className={styles.table}>
              <thead>
                <tr>
                  <th>Time</th>
                  <th>{what === "events" ? "Events" : "Users"}</th>
                </tr>
              </thead>
              <tbody>
                {buckets
                  .filter(([, count]) => count > 0)
                  .toReversed()
                  .map(([at, count]) => (
                    <tr key={at}>
                      <td>{moment(new Date(at * 1000))}</td>
                      <td>{exactNumber(count)}</td>
                    </tr>
                  ))}
              </tbody>
            </table>
          </div>
        )}
      </div>
    </section>
  );
}
