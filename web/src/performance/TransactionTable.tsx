import type { TransactionRow as Row } from "../api/performanceShapes";
import type { Project } from "../api/shapes";
import { RowList } from "../design/list/RowList";
import type { MoreRows } from "../design/list/usePagedRows";
import type { TimePoint } from "../design/timeSeries";
import { keyOfTransaction } from "./performanceQueries";
import type { TransactionSort } from "./performanceSearch";
import { TransactionRow } from "./TransactionRow";
import styles from "./TransactionTable.module.css";

interface TransactionTableProps {
  org: string;
  rows: readonly Row[];
  /** By `keyOfTransaction`; they come after the rows. */
  trends: ReadonlyMap<string, readonly TimePoint[]>;
  projects: readonly Project[] | undefined;
  sort: TransactionSort;
  sortBy: (sort: TransactionSort) => void;
  cursor: number;
  more: MoreRows;
  stale: boolean;
}

const columns: readonly [name: string, label: string, sort: TransactionSort, explain: string][] = [
  ["throughput", "Throughput", "throughput", "How often it ran"],
  ["p50", "p50", "p50", "Half of them took longer"],
  ["p95", "p95", "slowest", "One of twenty took longer"],
  ["trend", "p95 over time", "regression", "Worst regression first"],
  ["failing", "Failing", "failing", "Share that ended with an error"],
  ["apdex", "Apdex", "apdex", "Satisfied people: 1 is best"],
  ["users", "Users", "users", "Different people who ran it"],
  ["misery", "Misery", "misery", "Share of people for whom it took four times what is tolerable"],
  ["issues", "Issues", "issues", "Unresolved issues seen in it"],
  ["lost", "Time lost", "time_lost", "Count × (p95 − p50)"],
];

/** What a phone has no room for, unless the list is ordered by it. */
const sortedBy: Partial<Record<TransactionSort, string | undefined>> = {
  users: styles.byUsers,
  issues: styles.byIssues,
  regression: styles.byRegression,
};

export function TransactionTable({
  org,
  rows,
  trends,
  projects,
  sort,
  sortBy,
  cursor,
  more,
  stale,
}: TransactionTableProps) {
  return (
    <RowList
      label="Transactions"
      className={`${styles.table} ${sortedBy[sort] ?? ""}`}
      rows={rows}
      keyOf={keyOfTransaction}
      cursor={cursor}
      more={more}
      stale={stale}
      head={
        <>
          <span role="columnheader">Transaction</span>
          {columns.map(([name, label, by, explain]) => (
            <span
              key={name}
              role="columnheader"
              data-name={name}
              aria-sort={by === sort ? (by === "apdex" ? "ascending" : "descending") : undefined}
            >
              <button type="button" title={explain} onClick={() => sortBy(by)}>
                {label}
              </button>
            </span>
          ))}
        </>
      }
    >
      {(row, place) => (
        <TransactionRow org={org} row={row} trend={trends.get(keyOfTransaction(row))} projects={projects} {...place} />
      )}
    </RowList>
  );
}
