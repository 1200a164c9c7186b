import { infiniteQueryOptions, keepPreviousData, queryOptions } from "@tanstack/react-query";
import { api, type Query } from "../api/client";
import type { EventTable } from "../api/exploreShapes";
import type {
  Differences,
  ServiceMap,
  SuspectSpan,
  TransactionComparison,
  TransactionRow,
  TransactionSample,
  TransactionSummary,
  TransactionTrend,
  Vital,
  VitalLimit,
  VitalReleasesReport,
  VitalsReport,
} from "../api/performanceShapes";
import type { Issue } from "../api/shapes";
import { waitFor } from "../api/waitFor";
import { allOf } from "../search/searchTokens";
import { type Scope, scopeQuery } from "../shell/scope";
import { pageLoads } from "./pageLoads";
import type { SampleSort, TransactionListSearch, VitalsSearch } from "./performanceSearch";
import { runSearch } from "./runSearch";
import { bucketsOf, countAll, countUpTo, edgesOf, longest } from "./vitalBuckets";

const root = (org: string) => `organizations/${org}/performance/`;

const listed = (search: TransactionListSearch): Query => ({
  ...scopeQuery(search),
  query: search.query,
  op: search.op,
});

export const transactionsQuery = (org: string, search: TransactionListSearch) => {
  const query = { ...listed(search), sort: `-${search.sort ?? "time_lost"}`, per_page: 50 };
  return infiniteQueryOptions({
    queryKey: [org, "performance", "transactions", query],
    queryFn: ({ pageParam, signal }) =>
      api.page<TransactionRow>(`${root(org)}transactions/`, { signal, query: { ...query, cursor: pageParam } }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.next,
    placeholderData: keepPreviousData,
    refetchOnWindowFocus: false,
    refetchInterval: ({ state }) => waitFor(state.data?.pages[0]?.rows.length === 0),
  });
};

/** What the list tells transactions apart by. */
export type TransactionName = Pick<TransactionRow, "transaction" | "project" | "op">;

export const keyOfTransaction = ({ project, op, transaction }: TransactionName) => `${project} ${op} ${transaction}`;

/** How the rows of one page went over time, by `keyOfTransaction`; asked apart, so that the rows need not wait for it. */
export const trendsQuery = (org: string, search: TransactionListSearch, rows: readonly TransactionName[]) => {
  const query = listed(search);
  const transactions = rows.map(({ transaction, project, op }) => ({ transaction, project, op }));
  return queryOptions({
    queryKey: [org, "performance", "trends", query, transactions],
    queryFn: async ({ signal }) => {
      const { body, partial } = await api.marked<TransactionTrend[]>(
        `${root(org)}transactions/trends/`,
        { transactions },
        { signal, query },
      );
      return { lines: new Map(body.map((trend) => [keyOfTransaction(trend), trend.p95])), partial };
    },
    refetchOnWindowFocus: false,
  });
};

/** Which transaction a page speaks about, in which scope. */
export interface TransactionScope extends Scope {
  transaction: string;
  op?: string;
}

const transactionQuery = (scope: TransactionScope): Query => ({
  ...scopeQuery(scope),
  transaction: scope.transaction,
  op: scope.op,
});

function aboutTransaction<T>(org: string, what: string, query: Query) {
  return queryOptions({
    queryKey: [org, "performance", "transaction", what, query],
    queryFn: ({ signal }) => api.get<T>(`${root(org)}transactions/${what}/`, { signal, query }),
    placeholderData: keepPreviousData,
    refetchOnWindowFocus: false,
  });
}

/** Its rows with their marks: none at all may also mean that they could not be read. */
function rowsAboutTransaction<T>(org: string, what: string, query: Query) {
  return queryOptions({
    queryKey: [org, "performance", "transaction", what, query],
    queryFn: ({ signal }) => api.page<T>(`${root(org)}transactions/${what}/`, { signal, query }),
    placeholderData: keepPreviousData,
    refetchOnWindowFocus: false,
  });
}

export const summaryQuery = (org: string, scope: TransactionScope) =>
  aboutTransaction<TransactionSummary>(org, "summary", transactionQuery(scope));

/** How many single runs the page of a transaction shows. */
export const shownRuns = 10;

export const samplesQuery = (
  org: string,
  scope: TransactionScope,
  wanted: { from?: number; to?: number; sort: SampleSort },
) =>
  rowsAboutTransaction<TransactionSample>(org, "samples", {
    ...transactionQuery(scope),
    ...wanted,
    per_page: shownRuns,
  });

export const differencesQuery = (org: string, scope: TransactionScope, threshold: number | undefined) =>
  aboutTransaction<Differences>(org, "differences", { ...transactionQuery(scope), threshold });

export const suspectSpansQuery = (org: string, scope: TransactionScope) =>
  rowsAboutTransaction<SuspectSpan>(org, "spans", { ...transactionQuery(scope), per_page: 20 });

export const relatedIssuesQuery = (org: string, scope: TransactionScope) =>
  rowsAboutTransaction<Issue>(org, "issues", { ...transactionQuery(scope), per_page: 10 });

/** Of two releases, or without them of the chosen time and as long a time before it. */
export const comparisonQuery = (org: string, scope: TransactionScope, releases: { a: string; b: string } | undefined) =>
  aboutTransaction<TransactionComparison>(org, "compare", { ...transactionQuery(scope), ...releases });

/** The releases that it ran in; of many, those with the most runs. */
export const releasesQuery = (org: string, scope: TransactionScope) => {
  const query = {
    ...scopeQuery(scope),
    dataset: "spans",
    query: allOf(runSearch(scope), "has:release"),
    field: ["release", "count()"],
    sort: "-count()",
    per_page: 100,
  };
  return queryOptions({
    queryKey: [org, "performance", "transaction", "releases", query],
    queryFn: async ({ signal }) => {
      const table = await api.get<EventTable>(`organizations/${org}/events/`, { signal, query });
      return table.data.map((row) => String(row.release));
    },
    placeholderData: keepPreviousData,
    refetchOnWindowFocus: false,
  });
};

export const vitalsQuery = (
  org: string,
  scope: Scope,
  wanted: { by: string; query: string | undefined; thresholds: string },
) => {
  const query = { ...scopeQuery(scope), ...wanted };
  return queryOptions({
    queryKey: [org, "performance", "vitals", query],
    queryFn: ({ signal }) => api.get<VitalsReport>(`${root(org)}vitals/`, { signal, query }),
    placeholderData: keepPreviousData,
    refetchOnWindowFocus: false,
    refetchInterval: ({ state }) =>
      waitFor(state.data && Object.values(state.data.vitals).every((one) => one.count === 0)),
  });
};

/** What each release did to the vitals, whatever the limits are. */
export const vitalReleasesQuery = (org: string, search: VitalsSearch) => {
  const query = { ...scopeQuery(search), query: search.query };
  return queryOptions({
    queryKey: [org, "performance", "vitals", "releases", query],
    queryFn: ({ signal }) => api.get<VitalReleasesReport>(`${root(org)}vitals/releases/`, { signal, query }),
    placeholderData: keepPreviousData,
    refetchOnWindowFocus: false,
  });
};

/** How a vital is spread: counted up to each end of a bar. */
export const vitalHistogramQuery = (
  org: string,
  scope: Scope,
  vital: Vital,
  limit: VitalLimit,
  query: string | undefined,
) => {
  const edges = edgesOf(limit);
  const field = [...edges.map((edge) => countUpTo(vital, edge)), countAll(vital), longest(vital)];
  const wanted = { ...scopeQuery(scope), dataset: "spans", query: pageLoads(vital, query), field };
  return queryOptions({
    queryKey: [org, "performance", "vitals", "histogram", wanted],
    queryFn: async ({ signal }) => {
      const answer = await api.get<EventTable>(`organizations/${org}/events/`, { signal, query: wanted });
      return { buckets: bucketsOf(vital, edges, answer.data[0] ?? {}), marks: answer.meta.tocsin };
    },
    placeholderData: keepPreviousData,
    refetchOnWindowFocus: false,
  });
};

export const serviceMapQuery = (org: string, scope: Scope) => {
  const query = scopeQuery(scope);
  return queryOptions({
    queryKey: [org, "performance", "map", query],
    queryFn: ({ signal }) => api.get<ServiceMap>(`${root(org)}service-map/`, { signal, query }),
    placeholderData: keepPreviousData,
    refetchOnWindowFocus: false,
    refetchInterval: ({ state }) => waitFor(state.data?.nodes.length === 0),
  });
};
