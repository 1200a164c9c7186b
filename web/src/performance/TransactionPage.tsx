import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { PartialNotice } from "../design/PartialNotice";
import { Bones, Empty, Failure } from "../design/States";
import { useKeys } from "../design/useKeys";
import { inPeriod, keepScope } from "../shell/scope";
import { CompareSection } from "./CompareSection";
import { DifferencesSection } from "./DifferencesSection";
import { DurationSection } from "./DurationSection";
import { PerformanceTabs } from "./PerformanceTabs";
import { summaryQuery } from "./performanceQueries";
import type { TransactionSearch } from "./performanceSearch";
import { RelatedIssues } from "./RelatedIssues";
import { SuspectSpans } from "./SuspectSpans";
import { TransactionCharts } from "./TransactionCharts";
import { TransactionHead } from "./TransactionHead";
import styles from "./TransactionPage.module.css";

/** One endpoint, page or task: how it runs, which runs are slow, and what is different in them. */
export function TransactionPage() {
  const { org } = useParams({ from: "/inside/organizations/$org/performance/summary" });
  const search = useSearch({ from: "/inside/organizations/$org/performance/summary" });
  const navigate = useNavigate({ from: "/organizations/$org/performance/summary" });
  const summary = useQuery({ ...summaryQuery(org, search), enabled: search.transaction !== "" });
  const change = (part: Partial<TransactionSearch>) =>
    void navigate({ search: (old) => ({ ...old, ...part }), replace: true, resetScroll: false });
  useKeys({ u: () => void navigate({ to: "/organizations/$org/performance", search: keepScope }) });

  if (search.transaction === "") {
    return (
      <Empty title="No transaction named" action={<ToList org={org} />}>
        The address of this page says which one it is about.
      </Empty>
    );
  }
  return (
    <div className={styles.page}>
      <PerformanceTabs org={org} />
      <TransactionHead org={org} search={search} summary={summary.data} stale={summary.isPlaceholderData} />
      {summary.isError && (
        <Failure what="The summary could not be read" error={summary.error} retry={() => void summary.refetch()} />
      )}
      {summary.isPending && (
        <div className={styles.parts} aria-busy="true">
          <TransactionCharts org={org} search={search} summary={undefined} change={change} />
          <Bones rows={8} height={32} />
        </div>
      )}
      {!summary.isError && <PartialNotice partial={summary.data?.partial} />}
      {summary.data && !summary.isError && !summary.data.totals && !summary.data.partial && (
        <Empty title="It did not run" action={<ToList org={org} />}>
          No run of it is kept {inPeriod(search)} in the chosen projects and environments.
        </Empty>
      )}
      {summary.data?.totals && !summary.isError && (
        <div className={styles.parts} data-stale={summary.isPlaceholderData}>
          <TransactionCharts org={org} search={search} summary={summary.data} change={change} />
          <DurationSection org={org} search={search} summary={summary.data} change={change} />
          <div className={styles.two}>
            <DifferencesSection org={org} search={search} />
            <SuspectSpans org={org} search={search} />
          </div>
          <RelatedIssues org={org} search={search} />
          <CompareSection org={org} search={search} change={change} />
        </div>
      )}
    </div>
  );
}

const ToList = ({ org }: { org: string }) => (
  <Link to="/organizations/$org/performance" params={{ org }} search={keepScope}>
    All transactions
  </Link>
);
