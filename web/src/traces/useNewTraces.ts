import { useQuery, useQueryClient } from "@tanstack/react-query";
import type { TraceSummary } from "../api/traceShapes";
import type { LiveList } from "../issues/useLiveList";
import { keepScope } from "../shell/scope";
import { newestTracesQuery, traceListKey } from "./traceQueries";
import type { TraceListSearch } from "./traceSearch";

/** Counts the traces that came after the list was read; the list itself stands still until one asks. */
export function useNewTraces(org: string, search: TraceListSearch, rows: readonly TraceSummary[]): LiveList {
  const queries = useQueryClient();
  const newest = useQuery({
    ...newestTracesQuery(org, keepScope(search), search.query),
    enabled: search.sort === undefined,
  }).data;
  return {
    waiting: countNew(search, newest ?? [], rows),
    show: () => void queries.invalidateQueries({ queryKey: traceListKey(org) }),
  };
}

/** In any order but newest first none is: reading the list again would not bring it to the top, and it would be new for ever. */
export function countNew(
  { sort }: TraceListSearch,
  newest: readonly Pick<TraceSummary, "trace_id" | "start">[],
  rows: readonly Pick<TraceSummary, "trace_id" | "start">[],
): number {
  if (sort !== undefined) {
    return 0;
  }
  const latest = rows.reduce((last, row) => Math.max(last, row.start), 0);
  const here = new Set(rows.map((row) => row.trace_id));
  return newest.filter((row) => row.start > latest && !here.has(row.trace_id)).length;
}
