import { useMemo, useState } from "react";
import { keyOf, placesOf, type Row, type RowChoice, revealing, visibleRows } from "./layout/rows";
import type { SpanNode, SpanTree } from "./layout/spanTree";

export interface TraceRows {
  rows: readonly Row[];
  /** The row of the keyboard; -1: none. */
  cursor: number;
  moveTo: (index: number) => void;
  toggle: (row: Row) => void;
  /** Opens what hides a span and puts the cursor on it. */
  reveal: (node: SpanNode) => void;
  closeAll: () => void;
  openAll: () => void;
  allOpen: boolean;
}

/** Which rows are open and where the keyboard is. Both are kept by the ids of spans, so that a growing trace moves neither. */
export function useTraceRows(tree: SpanTree | undefined, chosen: string | undefined): TraceRows {
  const [choice, setChoice] = useState<RowChoice>(() => ({ closed: new Set(), unfolded: new Set() }));
  const [place, setPlace] = useState<string | undefined>(chosen);
  const rows = useMemo(() => (tree ? visibleRows(tree, choice) : []), [tree, choice]);
  const places = useMemo(() => placesOf(rows), [rows]);
  const cursor = (place === undefined ? undefined : places.get(place)) ?? -1;

  const toggle = (row: Row) =>
    setChoice(({ closed, unfolded }) =>
      row.kind === "fold"
        ? { closed, unfolded: flipped(unfolded, row.fold.key) }
        : { closed: row.opens ? flipped(closed, row.node.span.span_id) : closed, unfolded },
    );

  return {
    rows,
    cursor,
    toggle,
    moveTo: (index) => {
      const row = rows[Math.max(0, Math.min(rows.length - 1, index))];
      setPlace(row && keyOf(row));
    },
    reveal: (node) => {
      setPlace(node.span.span_id);
      if (tree && !places.has(node.span.span_id)) {
        setChoice((old) => revealing(node, tree, old));
      }
    },
    allOpen: choice.closed.size === 0,
    closeAll: () => {
      // What is left are the segments and what leads to them: the way of the request through the services.
      const kept = tree ? leading(tree) : new Set();
      const rest = tree?.all.filter((node) => node.children.length > 0 && !kept.has(node)) ?? [];
      setChoice(({ unfolded }) => ({ closed: new Set(rest.map((node) => node.span.span_id)), unfolded }));
    },
    openAll: () => setChoice(({ unfolded }) => ({ closed: new Set(), unfolded })),
  };
}

/** The spans that lead to another service's segment. */
function leading(tree: SpanTree): ReadonlySet<SpanNode> {
  const found = new Set<SpanNode>();
  for (const node of tree.all.toReversed()) {
    if (node.parent && (node.span.is_segment || found.has(node))) {
      found.add(node.parent);
    }
  }
  return found;
}

function flipped(set: ReadonlySet<string>, key: string): ReadonlySet<string> {
  const next = new Set(set);
  if (!next.delete(key)) {
    next.add(key);
  }
  return next;
}
