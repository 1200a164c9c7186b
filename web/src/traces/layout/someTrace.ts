import type { TraceSpan } from "../../api/traceShapes";
import { buildTree, type SpanTree } from "./spanTree";

/** Spans for tests: id, parent, start and end in milliseconds, and what differs from the usual. */
export type Short = [id: string, parent: string | null, from: number, to: number, more?: Partial<TraceSpan>];

const begin = 1_790_000_000;

export function someSpan([id, parent, from, to, more]: Short): TraceSpan {
  return {
    span_id: id,
    parent_span_id: parent,
    segment_id: null,
    is_segment: false,
    project: "shop",
    service: null,
    op: "function",
    description: id,
    status: "ok",
    failed: false,
    start: begin + from / 1000,
    duration: to - from,
    self_time: to - from,
    transaction: null,
    category: null,
    group: null,
    event_id: null,
    clock_shifted_ms: null,
    ...more,
  };
}

export function someTree(...spans: Short[]): SpanTree {
  const end = Math.max(...spans.map(([, , , to]) => to));
  return buildTree({
    start: begin,
    end: begin + end / 1000,
    spans: spans.map(someSpan),
    errors: [],
    issues: [],
    truncated: false,
  });
}
