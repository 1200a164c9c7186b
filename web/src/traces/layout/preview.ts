import type { SpanNode, SpanTree } from "./spanTree";

/**
 * The few spans that tell where something happened: the way from the root down to the span. A long way keeps its first
 * two and its last; without the span, the segments stand for the trace.
 */
export function previewOf(tree: SpanTree, spanId: string | null | undefined, most: number): SpanNode[] {
  const way: SpanNode[] = [];
  for (let node = spanId ? tree.byId.get(spanId) : undefined; node; node = node.parent) {
    way.unshift(node);
  }
  if (way.length === 0) {
    return tree.all.filter((node) => node.span.is_segment || !node.parent).slice(0, most);
  }
  return way.length <= most ? way : [...way.slice(0, 2), ...way.slice(2 - most)];
}
