import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import type { TransactionSummary } from "../api/performanceShapes";
import { Count } from "../design/Count";
import { duration, exactNumber, percent, rate } from "../design/format";
import { SampledMark } from "../design/SampledMark";
import { term } from "../search/searchTokens";
import { keepScope } from "../shell/scope";
import type { TransactionSearch } from "./performanceSearch";
import styles from "./TransactionHead.module.css";
import { TransactionThreshold } from "./TransactionThreshold";
import { useTransactionThreshold } from "./useTransactionThreshold";

interface TransactionHeadProps {
  org: string;
  search: TransactionSearch;
  summary: TransactionSummary | undefined;
}

/** Stand there before their numbers do, so that nothing moves when these come. */
const figures = ["Throughput", "p50", "p95", "p99", "Failing", "Apdex", "Users", "Misery", "Time lost"];

/** Its name, and the numbers of the chosen time in one line. */
export function TransactionHead({ org, search, summary }: TransactionHeadProps) {
  const totals = summary?.totals;
  const saveThreshold = useTransactionThreshold(org, summary);
  return (
    <header className={styles.head}>
      <div className={styles.line}>
        <h1 className={styles.name}>{search.transaction}</h1>
        {totals?.op && <span className={styles.op}>{totals.op}</span>}
        {totals?.project && <span className={styles.dim}>{totals.project}</span>}
        {summary?.sampled && <SampledMark />}
        <span className={styles.gap} />
        <Link
          to="/organizations/$org/explore"
          params={{ org }}
          search={(old) => ({
            ...keepScope(old),
            dataset: "spans" as const,
            query: `is_transaction:true ${term("transaction", search.transaction)}`,
          })}
        >
          Open in Explore
        </Link>
      </div>
      {!summary && (
        <dl className={styles.numbers} aria-busy="true">
          {figures.map((name) => (
            <Figure key={name} name={name}>
              –
            </Figure>
          ))}
        </dl>
      )}
      {totals && (
        <dl className={styles.numbers}>
          <Figure name="Throughput" title={`${exactNumber(totals.count)} in this time`}>
            {rate(totals.epm)}
          </Figure>
          <Figure name="p50">{duration(totals.p50)}</Figure>
          <Figure name="p95">{duration(totals.p95)}</Figure>
          <Figure name="p99">{duration(totals.p99)}</Figure>
          <Figure name="Failing" bad={totals.failure_rate >= 0.05}>
            {percent(totals.failure_rate)}
          </Figure>
          <Figure name="Apdex">
            {totals.apdex.toFixed(2)}{" "}
            {summary.threshold && <TransactionThreshold threshold={summary.threshold} save={saveThreshold} />}
          </Figure>
          <Figure name="Users">
            <Count value={totals.users} />
          </Figure>
          <Figure name="Misery">{totals.user_misery.toFixed(2)}</Figure>
          <Figure name="Time lost" title="Count × (p95 − p50)">
            {duration(totals.time_lost)}
          </Figure>
        </dl>
      )}
    </header>
  );
}

interface FigureProps {
  name: string;
  title?: string;
  bad?: boolean;
  children: ReactNode;
}

function Figure({ name, title, bad = false, children }: FigureProps) {
  return (
    <div className={styles.number} title={title} data-bad={bad}>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
