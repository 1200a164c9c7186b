import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { useRef } from "react";
import { useListCursor } from "../design/list/useListCursor";
import { usePagedRows } from "../design/list/usePagedRows";
import { PartialNotice } from "../design/PartialNotice";
import { useKeys } from "../design/useKeys";
import { useVocabulary } from "../explore/useVocabulary";
import { QueryBox, type QueryBoxHandle } from "../search/QueryBox";
import { projectsQuery } from "../shell/organizations";
import { OverviewCharts } from "./OverviewCharts";
import { PerformanceTabs } from "./PerformanceTabs";
import { transactionsQuery } from "./performanceQueries";
import type { TransactionListSearch } from "./performanceSearch";
import { TransactionListBar } from "./TransactionListBar";
import styles from "./TransactionListPage.module.css";
import { TransactionListStates } from "./TransactionListStates";
import { TransactionTable } from "./TransactionTable";
import { transactionLink } from "./transactionLink";
import { useTrends } from "./useTrends";

/** Where time goes: every transaction, by the question one comes with, under the course of all of them. */
export function TransactionListPage() {
  const { org } = useParams({ from: "/inside/organizations/$org/performance" });
  const search = useSearch({ from: "/inside/organizations/$org/performance" });
  const navigate = useNavigate({ from: "/organizations/$org/performance" });
  const list = useInfiniteQuery(transactionsQuery(org, search));
  const projects = useQuery(projectsQuery(org)).data;
  const { rows, more } = usePagedRows(list);
  // The rows of another time or order stay until theirs have come; nothing is asked about them any more.
  const trends = useTrends(org, search, list.isPlaceholderData ? [] : (list.data?.pages ?? []));
  const [cursor, leaveCursor] = useListCursor(
    rows.length,
    (at) => rows[at] && void navigate(transactionLink(org, rows[at], projects)),
  );
  const partial = list.data?.pages.some((page) => page.partial) ?? false;
  const box = useRef<QueryBoxHandle>(null);
  const vocabulary = useVocabulary(org, search, "spans");

  const change = (part: Partial<TransactionListSearch>) => {
    leaveCursor();
    void navigate({ search: (old) => ({ ...old, ...part }) });
  };
  useKeys({
    "/": () => box.current?.focus(),
  });

  return (
    <div className={styles.page}>
      <PerformanceTabs org={org} />
      <QueryBox
        ref={box}
        label="Search transactions"
        placeholder="Search: part of a name, or a key such as environment:production"
        vocabulary={vocabulary}
        query={search.query ?? ""}
        search={(query) => change({ query: query || undefined })}
      />
      <TransactionListBar org={org} search={search} change={change} />
      {(rows.length > 0 || list.isPending) && <OverviewCharts org={org} search={search} />}
      <PartialNotice partial={partial || trends.partial} />
      <TransactionListStates org={org} list={list} rows={rows.length} partial={partial} search={search} />
      {rows.length > 0 && (
        <TransactionTable
          org={org}
          rows={rows}
          trends={trends.lines}
          projects={projects}
          sort={search.sort ?? "time_lost"}
          sortBy={(sort) => change({ sort: sort === "time_lost" ? undefined : sort })}
          cursor={cursor}
          more={more}
          stale={list.isPlaceholderData}
        />
      )}
    </div>
  );
}
