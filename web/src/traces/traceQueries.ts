import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import { api } from "../api/client";
import type { SpanDetail, TraceDetail, TraceSummary, UsualDurations } from "../api/traceShapes";
import { waitFor } from "../api/waitFor";
import { type Scope, scopeQuery } from "../shell/scope";
import type { TraceListSearch } from "./traceSearch";

export const traceListKey = (org: string) => [org, "traces"] as const;

export const traceListQuery = (org: string, search: TraceListSearch) => {
  const query = { ...scopeQuery(search), query: search.query, sort: search.sort && `-${search.sort}` };
  return infiniteQueryOptions({
    queryKey: [...traceListKey(org), query],
    queryFn: ({ pageParam, signal }) =>
      api.page<TraceSummary>(`organizations/${org}/traces/`, {
        signal,
        query: { ...query, per_page: 50, cursor: pageParam },
      }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.next,
    // Newer traces wait behind "show", but the first is shown by itself.
    refetchOnWindowFocus: false,
    refetchInterval: ({ state }) => waitFor(state.data?.pages[0]?.rows.length === 0),
  });
};

/** The newest traces again and again, beside the list that stands still. */
export const newestTracesQuery = (org: string, scope: Scope, query: string | undefined) =>
  queryOptions({
    queryKey: [org, "newest-traces", scope, query],
    queryFn: async ({ signal }) => {
      const wanted = { ...scopeQuery(scope), query, per_page: 50 };
      return (await api.page<TraceSummary>(`organizations/${org}/traces/`, { signal, query: wanted })).rows;
    },
    refetchInterval: 10_000,
  });

export const mostSpans = 50_000;
const firstSpans = 10_000;
const pollEvery = 3000;
const growsFor = 60;
const waitsFor = 600;

/** Whether more of a trace may come: it ended a moment ago, or lately and spans of it name parents that are not there. Now: milliseconds. */
export function mayGrow(trace: Pick<TraceDetail, "end" | "spans">, now = Date.now()): boolean {
  const age = now / 1000 - trace.end;
  return age < growsFor || (age < waitsFor && hasOrphans(trace));
}

function hasOrphans({ spans }: Pick<TraceDetail, "spans">): boolean {
  const ids = new Set(spans.map((span) => span.span_id));
  return spans.some((span) => span.parent_span_id !== null && !ids.has(span.parent_span_id));
}

/** One trace as far as it has come. It is asked for again while it may grow. */
export const traceQuery = (org: string, traceId: string, limit = firstSpans) =>
  queryOptions({
    queryKey: [org, "trace", traceId, limit],
    queryFn: ({ signal }) =>
      api.get<TraceDetail>(`organizations/${org}/traces/${traceId}/`, { signal, query: { limit } }),
    // Comparing every field of 50 000 spans would cost more than drawing them.
    structuralSharing: (old: unknown, fresh: unknown) => (isSame(old, fresh) ? old : fresh),
    refetchInterval: ({ state }) => {
      const trace = state.data as TraceDetail | undefined;
      return !trace || mayGrow(trace) ? pollEvery : false;
    },
    retry: false,
  });

/** Asked for when the trace is there, and again when more of it has come: the waterfall does not wait for it. */
export const usualQuery = (org: string, trace: TraceDetail | undefined) =>
  queryOptions({
    queryKey: [org, "trace", trace?.trace_id, "usual", trace?.spans.length],
    queryFn: ({ signal }) =>
      api.get<UsualDurations>(`organizations/${org}/traces/${trace?.trace_id}/usual/`, { signal }),
    enabled: trace !== undefined && trace.spans.length > 0,
    staleTime: 60_000,
    retry: false,
  });

function isSame(old: unknown, fresh: unknown): boolean {
  const marks = (trace: TraceDetail) => [
    trace.spans.length,
    trace.errors.length,
    trace.issues.length,
    trace.start,
    trace.end,
    trace.partial,
    trace.truncated,
    JSON.stringify(trace.vitals),
  ];
  return old !== undefined && marks(old as TraceDetail).join() === marks(fresh as TraceDetail).join();
}

export const spanQuery = (org: string, traceId: string, spanId: string) =>
  queryOptions({
    queryKey: [org, "trace", traceId, "span", spanId],
    queryFn: ({ signal }) => api.get<SpanDetail>(`organizations/${org}/traces/${traceId}/spans/${spanId}/`, { signal }),
    staleTime: 60_000,
  });
