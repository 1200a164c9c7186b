import type { SpanNode } from "./spanTree";

/** A part of the time axis, in milliseconds since the start of the trace. */
export interface Stretch {
  from: number;
  to: number;
}

const known = new WeakMap<SpanNode, Stretch[]>();

/** When a span worked itself: its own time less that of its children, however they overlap or overhang. */
export function selfStretches(node: SpanNode): Stretch[] {
  const before = known.get(node);
  if (before) {
    return before;
  }
  const free: Stretch[] = [];
  let at = node.start;
  for (const child of node.children) {
    if (child.start > at) {
      free.push({ from: at, to: Math.min(child.start, node.end) });
    }
    at = Math.max(at, child.end);
    if (at >= node.end) {
      break;
    }
  }
  if (at < node.end) {
    free.push({ from: at, to: node.end });
  }
  known.set(node, free);
  return free;
}

const shortestGap = 10;
const leastShare = 0.1;

/**
 * Self time long enough to ask what went on: at least 10 ms and a tenth of the span. A span without children is not a
 * gap but simply the work it names.
 */
export function gapsOf(node: SpanNode): Stretch[] {
  if (node.children.length === 0) {
    return [];
  }
  const least = Math.max(shortestGap, (node.end - node.start) * leastShare);
  return selfStretches(node).filter(({ from, to }) => to - from >= least);
}
