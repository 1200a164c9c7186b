import { type Fold, foldSiblings, isFold } from "./folding";
import type { SpanNode, SpanTree } from "./spanTree";

interface RowPlace {
  depth: number;
  /** What is below it is shown. */
  open: boolean;
  /** Whether anything is below it at all. */
  opens: boolean;
  /** The rows it hangs under, as indexes; -1 at the top. */
  parent: number;
  /** No sibling comes after it. */
  last: boolean;
}

export type SpanRow = RowPlace & { kind: "span"; node: SpanNode };
export type FoldRow = RowPlace & { kind: "fold"; fold: Fold };
export type Row = SpanRow | FoldRow;

export interface RowChoice {
  /** Span ids whose children are hidden. */
  closed: ReadonlySet<string>;
  /** Keys of folds whose members are shown. */
  unfolded: ReadonlySet<string>;
}

/** What stands below each other in the waterfall, from the top, hidden rows left out. */
export function visibleRows(tree: SpanTree, choice: RowChoice): Row[] {
  const rows: Row[] = [];
  type Pending = { item: SpanNode | Fold; depth: number; parent: number; last: boolean };
  const open: Pending[] = [];
  const push = (items: readonly (SpanNode | Fold)[], depth: number, parent: number) => {
    for (let index = items.length - 1; index >= 0; index--) {
      open.push({ item: items[index] as SpanNode | Fold, depth, parent, last: index === items.length - 1 });
    }
  };
  push(foldSiblings(tree.roots, ""), 0, -1);
  for (let next = open.pop(); next; next = open.pop()) {
    const { item, ...place } = next;
    const at = rows.length;
    if (isFold(item)) {
      const shown = choice.unfolded.has(item.key);
      rows.push({ kind: "fold", fold: item, ...place, opens: true, open: shown });
      if (shown) {
        push(item.members, place.depth + 1, at);
      }
    } else {
      const opens = item.children.length > 0;
      const shown = opens && !choice.closed.has(item.span.span_id);
      rows.push({ kind: "span", node: item, ...place, opens, open: shown });
      if (shown) {
        push(foldSiblings(item.children, item.span.span_id), place.depth + 1, at);
      }
    }
  }
  return rows;
}

/** What must be opened for a span to be seen. */
export function revealing(node: SpanNode, tree: SpanTree, choice: RowChoice): RowChoice {
  const closed = new Set(choice.closed);
  const unfolded = new Set(choice.unfolded);
  for (let at: SpanNode | undefined = node; at; at = at.parent) {
    const inside: SpanNode = at;
    const siblings = inside.parent?.children ?? tree.roots;
    const fold = foldSiblings(siblings, inside.parent?.span.span_id ?? "").find(
      (item) => isFold(item) && item.members.includes(inside),
    );
    if (fold && isFold(fold)) {
      unfolded.add(fold.key);
    }
    if (inside.parent) {
      closed.delete(inside.parent.span.span_id);
    }
  }
  return { closed, unfolded };
}

/** What stays the same of a row while others come and go: the span's id or the fold's key. */
export const keyOf = (row: Row): string => (row.kind === "span" ? row.node.span.span_id : row.fold.key);

/** Where each row stands; spans that are hidden stand nowhere. */
export function placesOf(rows: readonly Row[]): ReadonlyMap<string, number> {
  const places = new Map<string, number>();
  for (const [index, row] of rows.entries()) {
    if (!places.has(keyOf(row))) {
      places.set(keyOf(row), index);
    }
  }
  return places;
}
