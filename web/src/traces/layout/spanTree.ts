import type { TraceDetail, TraceError, TraceIssue, TraceSpan } from "../../api/traceShapes";

/** A span in its place. Times are milliseconds since the start of the trace. */
export interface SpanNode {
  readonly span: TraceSpan;
  readonly children: SpanNode[];
  readonly start: number;
  readonly end: number;
  /** The service, or the project where the client names none. */
  readonly lane: string;
  readonly errors: TraceError[];
  readonly issues: TraceIssue[];
  parent: SpanNode | undefined;
  depth: number;
  /** It names a parent that is not among the spans. */
  orphan: boolean;
  /** How many spans are below it. */
  size: number;
  /** How many errors and failed spans are below it. */
  troubleBelow: number;
}

export interface SpanTree {
  roots: SpanNode[];
  /** Every span, parents before their children, siblings by their start. */
  all: SpanNode[];
  byId: ReadonlyMap<string, SpanNode>;
  /** Milliseconds that the axis shows: from the first start to the last end, or to an error that came later. */
  duration: number;
  /** Milliseconds from the first start of a span to the last end, which is how long the trace took; 0 without spans. */
  took: number;
  /** Seconds since 1970. */
  start: number;
  /** The services in the order they come in, with their numbers of spans. */
  lanes: ReadonlyMap<string, number>;
  /** All spans that came are among these: what no child covers is a gap indeed. */
  complete: boolean;
  /** Errors of the trace whose span is unknown or has not come. */
  looseErrors: TraceError[];
}

export type Timed = Pick<TraceDetail, "start" | "end" | "spans" | "errors" | "issues" | "truncated">;

export const laneOf = (span: Pick<TraceSpan, "service" | "project">): string => span.service ?? span.project;

export const isTrouble = (node: SpanNode): boolean => node.span.failed || node.errors.length > 0;

export function buildTree(trace: Timed): SpanTree {
  const start = trace.spans.reduce((first, span) => Math.min(first, span.start), trace.start);
  const nodes = trace.spans.map((span) => toNode(span, start));
  const byId = new Map<string, SpanNode>();
  for (const node of nodes) {
    const known = byId.get(node.span.span_id);
    if (!known || isCalledHalf(known)) {
      byId.set(node.span.span_id, node);
    }
  }
  const roots = connect(nodes, byId);
  const all = inOrder(roots, nodes);
  const looseErrors = attach(trace, byId);
  sumUp(all);
  const ended = all.reduce((end, node) => Math.max(end, node.end), 0);
  const began = all.reduce((first, node) => Math.min(first, node.start), ended);
  const last = Math.max(ended, (trace.end - start) * 1000);
  return {
    roots,
    all,
    byId,
    duration: Math.max(last, 0.001),
    took: ended - began,
    start,
    looseErrors,
    lanes: countLanes(all),
    complete: !trace.truncated,
  };
}

function toNode(span: TraceSpan, traceStart: number): SpanNode {
  const start = (span.start - traceStart) * 1000;
  return {
    span,
    start,
    end: start + Math.max(0, span.duration),
    lane: laneOf(span),
    children: [],
    errors: [],
    issues: [],
    parent: undefined,
    depth: 0,
    orphan: false,
    size: 0,
    troubleBelow: 0,
  };
}

/** Of an id that a server shares with its client, the server's span: it names the client's, and so its own id, as its parent. */
const isCalledHalf = ({ span }: SpanNode): boolean => span.parent_span_id === span.span_id;

function connect(nodes: readonly SpanNode[], byId: ReadonlyMap<string, SpanNode>): SpanNode[] {
  const roots: SpanNode[] = [];
  const called = new Map(nodes.filter(isCalledHalf).map((node) => [node.span.span_id, node]));
  for (const node of nodes) {
    const id = node.span.parent_span_id;
    // What a server does while its client waits is the server's.
    const parent = id === null ? undefined : ((isCalledHalf(node) ? undefined : called.get(id)) ?? byId.get(id));
    if (parent && parent !== node) {
      node.parent = parent;
      parent.children.push(node);
    } else {
      node.orphan = node.span.parent_span_id !== null;
      roots.push(node);
    }
  }
  return roots;
}

/** Walks without recursion: a chain may be as deep as the trace is long. Rings of parents are cut where they are met. */
function inOrder(roots: SpanNode[], nodes: readonly SpanNode[]): SpanNode[] {
  const all: SpanNode[] = [];
  const seen = new Set<SpanNode>();
  const walk = (root: SpanNode) => {
    const open = [root];
    for (let node = open.pop(); node; node = open.pop()) {
      if (seen.has(node)) {
        continue;
      }
      seen.add(node);
      node.depth = node.parent ? node.parent.depth + 1 : 0;
      all.push(node);
      node.children.sort(byStart);
      for (let index = node.children.length - 1; index >= 0; index--) {
        open.push(node.children[index] as SpanNode);
      }
    }
  };
  roots.sort(byStart).forEach(walk);
  for (const node of nodes) {
    if (!seen.has(node)) {
      const ring = node.parent;
      ring?.children.splice(ring.children.indexOf(node), 1);
      node.parent = undefined;
      node.orphan = true;
      roots.push(node);
      walk(node);
    }
  }
  return all;
}

const byStart = (a: SpanNode, b: SpanNode): number => a.start - b.start || b.end - a.end;

function attach(trace: Timed, byId: ReadonlyMap<string, SpanNode>): TraceError[] {
  const loose: TraceError[] = [];
  for (const error of trace.errors) {
    const node = error.span_id ? byId.get(error.span_id) : undefined;
    (node?.errors ?? loose).push(error);
  }
  for (const issue of trace.issues) {
    for (const id of issue.span_ids) {
      byId.get(id)?.issues.push(issue);
    }
  }
  return loose;
}

function countLanes(all: readonly SpanNode[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { lane } of all) {
    counts.set(lane, (counts.get(lane) ?? 0) + 1);
  }
  return counts;
}

function sumUp(all: readonly SpanNode[]): void {
  for (let index = all.length - 1; index >= 0; index--) {
    const node = all[index] as SpanNode;
    if (node.parent) {
      node.parent.size += node.size + 1;
      node.parent.troubleBelow += node.troubleBelow + node.errors.length + (node.span.failed ? 1 : 0);
    }
  }
}
