import type { SpanNode, SpanTree } from "./spanTree";
import type { Stretch } from "./stretches";

/** For each span on it, when the trace waited for that span and nothing else. */
export type CriticalPath = ReadonlyMap<SpanNode, readonly Stretch[]>;

/**
 * Walks back from the end of the longest root: of the children that had ended by then, the last to end is what was
 * waited for; before it began, the same question again. Children are held to the time of their parent.
 */
export function criticalPath(tree: SpanTree): CriticalPath {
  const path = new Map<SpanNode, Stretch[]>();
  const root = tree.roots.reduce<SpanNode | undefined>(
    (longest, node) => (!longest || node.end - node.start > longest.end - longest.start ? node : longest),
    undefined,
  );
  const open: { node: SpanNode; from: number; to: number }[] = root
    ? [{ node: root, from: root.start, to: root.end }]
    : [];
  for (let next = open.pop(); next; next = open.pop()) {
    const { node, from, to } = next;
    const own: Stretch[] = [];
    let at = to;
    for (const child of lastFirst(node, to)) {
      const start = Math.max(child.start, from);
      const end = Math.min(child.end, to);
      if (end > at || start >= end) {
        continue;
      }
      if (end < at) {
        own.push({ from: end, to: at });
      }
      open.push({ node: child, from: start, to: end });
      at = start;
    }
    if (at > from || own.length === 0) {
      own.push({ from, to: at });
    }
    path.set(node, own.filter((stretch) => stretch.to > stretch.from).reverse());
  }
  return path;
}

function lastFirst(node: SpanNode, limit: number): SpanNode[] {
  return [...node.children].sort((a, b) => Math.min(b.end, limit) - Math.min(a.end, limit) || b.start - a.start);
}

/** How long the trace waited for this span itself, in milliseconds. */
export function waitedFor(path: CriticalPath, node: SpanNode): number {
  return (path.get(node) ?? []).reduce((sum, { from, to }) => sum + to - from, 0);
}
