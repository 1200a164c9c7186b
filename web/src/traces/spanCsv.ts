import { toCsv } from "../design/csv";
import { type CriticalPath, waitedFor } from "./layout/criticalPath";
import type { SpanTree } from "./layout/spanTree";

const head = [
  "level",
  "span_id",
  "parent_span_id",
  "service",
  "op",
  "description",
  "status",
  "start_ms",
  "duration_ms",
  "self_time_ms",
  "critical_ms",
  "errors",
];

/** Every span of the trace in the order of the tree. */
export function spanCsv(tree: SpanTree, path: CriticalPath | undefined): string {
  return toCsv(
    head,
    tree.all.map((node) => [
      node.depth,
      node.span.span_id,
      node.span.parent_span_id ?? "",
      node.lane,
      node.span.op,
      node.span.description ?? "",
      node.span.status,
      rounded(node.start),
      rounded(node.span.duration),
      rounded(node.span.self_time),
      path ? rounded(waitedFor(path, node)) : "",
      node.errors.length,
    ]),
  );
}

const rounded = (milliseconds: number) => Number(milliseconds.toFixed(3));
