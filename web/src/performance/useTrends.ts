import { type UseQueryResult, useQueries } from "@tanstack/react-query";
import type { TransactionRow } from "../api/performanceShapes";
import type { TimePoint } from "../design/timeSeries";
import { trendsQuery } from "./performanceQueries";
import type { TransactionListSearch } from "./performanceSearch";

/** How the rows went over time, page by page, by `keyOfTransaction`; what has not come yet is missing. */
export function useTrends(
  org: string,
  search: TransactionListSearch,
  pages: readonly { rows: readonly TransactionRow[] }[],
): ReadonlyMap<string, readonly TimePoint[]> {
  return useQueries({
    queries: pages.filter((page) => page.rows.length > 0).map((page) => trendsQuery(org, search, page.rows)),
    combine: together,
  });
}

function together(
  answers: readonly UseQueryResult<ReadonlyMap<string, readonly TimePoint[]>>[],
): ReadonlyMap<string, readonly TimePoint[]> {
  return new Map(answers.flatMap(({ data }) => (data ? [...data] : [])));
}
