import { useQuery, useQueryClient } from "@tanstack/react-query";
import type { TraceSummary } from "../api/traceShapes";
import type { LiveList } from "../issues/useLiveList";
import { keepScope } from "../shell/scope";
import { newestTracesQuery, traceListKey } from "./traceQueries";
import type { TraceListSearch } from "./traceSearch";

/** Counts the traces that came after the list was read; the list itself stands still until one asks. */
export function useNewTraces(org: string, search: TraceListSearch, rows: readonly TraceSummary[]): LiveList {
  const queries = useQueryClient();
  const newest = useQuery(newestTracesQuery(org, keepScope(search), search.query)).data ?? [];
  const latest = rows.reduce((last, row) => Math.max(last, row.start), 0);
  const here = new Set(rows.map((row) => row.trace_id));
  return {
    waiting: newest.filter((row) => row.start > latest && !here.has(row.trace_id)).length,
    show: () => void queries.invalidateQueries({ queryKey: traceListKey(org) }),
  };
}
