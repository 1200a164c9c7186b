import type { SpanLink } from "../api/traceShapes";
import type { Scope } from "../shell/scope";
import { readWindow } from "./layout/timeWindow";

/** What the URL of one trace says. */
export interface TraceSearch {
  /** The selected span. */
  span?: string;
  view?: "table";
  /** The shown time, see `windowText`; absent: the whole trace. */
  zoom?: string;
}

export function readTraceSearch(search: Record<string, unknown>): TraceSearch {
  const { span, view, node, zoom } = search;
  return {
    span: hex16(span) ?? sentryNode(node),
    view: view === "table" ? "table" : undefined,
    zoom: typeof zoom === "string" && readWindow(zoom) ? zoom : undefined,
  };
}

/** Where a link leads from a span of `trace`. The shown time is one of that trace; in another there is nothing of the sort. */
export const searchOfLink = <T extends TraceSearch>(old: T, link: SpanLink, trace: string): T => ({
  ...old,
  span: link.span_id,
  zoom: link.trace_id === trace ? old.zoom : undefined,
});

/** What the URL of the list says beside the scope. */
export interface TraceListSearch extends Scope {
  query?: string;
  /** Absent: newest first. */
  sort?: "duration";
}

export function readTraceListSearch(search: Record<string, unknown>): TraceListSearch {
  const { query, sort } = search;
  return {
    query: typeof query === "string" && query !== "" ? query : undefined,
    sort: sort === "duration" ? sort : undefined,
  };
}

/** A trace id as people paste it: with or without dashes, perhaps with spaces around. */
export function traceIdIn(text: string): string | undefined {
  const plain = text.trim().replaceAll("-", "").toLowerCase();
  return /^[0-9a-f]{32}$/.test(plain) ? plain : undefined;
}

function hex16(value: unknown): string | undefined {
  return typeof value === "string" && /^[0-9a-f]{16}$/i.test(value) ? value.toLowerCase() : undefined;
}

/** Links made for Sentry name the span as `node=span-…`, once for each row on the way to it. */
function sentryNode(value: unknown): string | undefined {
  const first: unknown = Array.isArray(value) ? value[0] : value;
  return typeof first === "string" ? hex16(first.replace(/^span-/, "")) : undefined;
}
