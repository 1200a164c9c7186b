import { Link } from "@tanstack/react-router";
import { memo } from "react";
import type { TransactionRow as Row } from "../api/performanceShapes";
import type { Project } from "../api/shapes";
import { Count } from "../design/Count";
import { duration, exactNumber, nounFor, percent, rate } from "../design/format";
import { ListRow } from "../design/list/ListRow";
import type { RowPlace } from "../design/list/RowList";
import { SampledMark } from "../design/SampledMark";
import { TrendLine } from "../design/TrendLine";
import type { TimePoint } from "../design/timeSeries";
import { term } from "../search/searchTokens";
import { keepScope } from "../shell/scope";
import { Change } from "./Change";
import { isFailing } from "./failing";
import styles from "./TransactionTable.module.css";
import { projectIdOf, transactionLink } from "./transactionLink";

interface TransactionRowProps extends RowPlace {
  org: string;
  row: Row;
  /** Absent until it has come. */
  trend: readonly TimePoint[] | undefined;
  projects: readonly Project[] | undefined;
}

export const TransactionRow = memo(function TransactionRow({
  org,
  row,
  trend,
  projects,
  top,
  index,
  current,
}: TransactionRowProps) {
  return (
    <ListRow className={styles.row} top={top} index={index} current={current}>
      <div className={styles.what} role="cell">
        <Link {...transactionLink(org, row, projects)} className={styles.link} preload={false} title={row.transaction}>
          {row.transaction || "(no name)"}
        </Link>
        <span className={styles.op}>{row.op}</span>
        <span className={styles.project}>{row.project}</span>
        {row.sampled && <SampledMark />}
      </div>
      <span role="cell" data-name="throughput" title={`${exactNumber(row.count)} in this time`}>
        {rate(row.epm)}
      </span>
      <span role="cell" data-name="p50">
        {duration(row.p50)}
      </span>
      <span role="cell" data-name="p95" title={`p75 ${duration(row.p75)}, p99 ${duration(row.p99)}`}>
        {duration(row.p95)}
      </span>
      <span role="cell" data-name="trend">
        <TrendLine points={trend} label="p95" format={duration} />
        <Change ratio={row.regression} what="p95 against the time before" />
      </span>
      <span role="cell" data-name="failing" data-noun="failing" data-bad={isFailing(row.failure_rate)}>
        {percent(row.failure_rate)}
      </span>
      <span role="cell" data-name="apdex">
        {row.apdex.toFixed(2)}
      </span>
      <span role="cell" data-name="users" data-noun={nounFor(row.users, "user")}>
        <Count value={row.users} />
      </span>
      <span role="cell" data-name="misery">
        {row.user_misery.toFixed(2)}
      </span>
      <span role="cell" data-name="issues" data-noun={row.issues > 0 ? nounFor(row.issues, "issue") : undefined}>
        {row.issues > 0 && (
          <Link
            to="/organizations/$org/issues"
            params={{ org }}
            search={(old) => ({
              ...keepScope(old),
              project: projectIdOf(row.project, projects) ?? old.project,
              query: `is:unresolved ${term("transaction", row.transaction)}`,
            })}
            title={`Unresolved issues seen in ${row.transaction}`}
          >
            <Count value={row.issues} />
          </Link>
        )}
      </span>
      <span role="cell" data-name="lost" data-noun="lost">
        {duration(row.time_lost)}
      </span>
    </ListRow>
  );
});
