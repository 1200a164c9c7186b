import { useQueries } from "@tanstack/react-query";
import type { TransactionRow } from "../api/performanceShapes";
import type { TimePoint } from "../design/timeSeries";
import { keyOfTransaction, trendsQuery } from "./performanceQueries";
import type { TransactionListSearch } from "./performanceSearch";

const none: readonly TimePoint[] = [];

/** How the rows went over time, page by page, by `keyOfTransaction`; what has not come yet is missing, what will not come is empty. */
export function useTrends(
  org: string,
  search: TransactionListSearch,
  pages: readonly { rows: readonly TransactionRow[] }[],
): { lines: ReadonlyMap<string, readonly TimePoint[]>; partial: boolean } {
  const filled = pages.filter((page) => page.rows.length > 0);
  const answers = useQueries({ queries: filled.map((page) => trendsQuery(org, search, page.rows)) });
  const lines = new Map(
    answers.flatMap(({ data, isError }, at): (readonly [string, readonly TimePoint[]])[] => {
      if (data) {
        return [...data.lines];
      }
      return isError ? (filled[at]?.rows ?? []).map((row) => [keyOfTransaction(row), none]) : [];
    }),
  );
  return { lines, partial: answers.some(({ data }) => data?.partial) };
}
