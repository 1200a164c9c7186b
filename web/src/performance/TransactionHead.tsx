import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import type { TransactionSummary } from "../api/performanceShapes";
import { Count } from "../design/Count";
import { duration, exactNumber, percent, rate } from "../design/format";
import { SampledMark } from "../design/SampledMark";
import { ExploreLink } from "../explore/ExploreLink";
import { allOf, term } from "../search/searchTokens";
import { keepScope } from "../shell/scope";
import { isFailing } from "./failing";
import type { TransactionSearch } from "./performanceSearch";
import { runFields, runSearch, runsWithin } from "./runSearch";
import styles from "./TransactionHead.module.css";
import { TransactionThreshold } from "./TransactionThreshold";
import { useTransactionThreshold } from "./useTransactionThreshold";

interface TransactionHeadProps {
  org: string;
  search: TransactionSearch;
  /** Absent until it has come. */
  summary: TransactionSummary | undefined;
  /** Whether it is of another time than the page. */
  stale: boolean;
}

/** Stand there before their numbers do, so that nothing moves when these come. */
const figures = ["Throughput", "p50", "p95", "p99", "Failing", "Apdex", "Users", "Misery", "Time lost"];

/** Its name, and the numbers of the chosen time in one line. */
export function TransactionHead({ org, search, summary, stale }: TransactionHeadProps) {
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
        {totals?.op === "pageload" && (
          <Link
            to="/organizations/$org/performance/vitals"
            params={{ org }}
            search={(old) => ({ ...keepScope(old), query: term("transaction", search.transaction) })}
          >
            Its web vitals
          </Link>
        )}
        <ExploreLink org={org} ask={{ query: runSearch(search) }}>
          Open in Explore
        </ExploreLink>
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
        <dl className={styles.numbers} data-stale={stale}>
          <Figure name="Throughput" title={`${exactNumber(totals.count)} in this time`}>
            <ExploreLink org={org} ask={runs(runSearch(search))}>
              {rate(totals.epm)}
            </ExploreLink>
          </Figure>
          {(["p50", "p95", "p99"] as const).map((quantile) => (
            <Figure key={quantile} name={quantile} title="To the runs that took longer">
              <ExploreLink org={org} ask={runs(runsWithin(search, totals[quantile]), "-span.duration")}>
                {duration(totals[quantile])}
              </ExploreLink>
            </Figure>
          ))}
          <Figure name="Failing" bad={isFailing(totals.failure_rate)}>
            <ExploreLink org={org} ask={runs(allOf(runSearch(search), "span.failed:true"))}>
              {percent(totals.failure_rate)}
            </ExploreLink>
          </Figure>
          <Figure name="Apdex">
            {totals.apdex.toFixed(2)}{" "}
            {summary.threshold && <TransactionThreshold threshold={summary.threshold} save={saveThreshold} />}
          </Figure>
          <Figure name="Users">
            <ExploreLink org={org} ask={{ query: allOf(runSearch(search), "has:user"), by: ["user"] }}>
              <Count value={totals.users} />
            </ExploreLink>
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

const runs = (query: string, sort?: string) => ({ mode: "samples" as const, query, sort, field: runFields });

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
