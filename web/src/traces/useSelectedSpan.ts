import { useEffect, useRef } from "react";
import type { SpanTree } from "./layout/spanTree";
import type { TraceRows } from "./useTraceRows";

interface SelectedSpan {
  /** What the address names. */
  span: string | undefined;
  tree: SpanTree | undefined;
  rows: TraceRows;
  write: (span: string | undefined) => void;
}

/**
 * Selects a span by writing it into the address. What the address names by itself (a link, a step back) is brought into
 * sight as soon as it is there; what was written by this is in sight already, and the cursor may be further by then.
 */
export function useSelectedSpan({ span, tree, rows, write }: SelectedSpan): (span: string | undefined) => void {
  const written = useRef<string>(undefined);
  useEffect(() => {
    const node = span === undefined ? undefined : tree?.byId.get(span);
    if (node && span !== written.current) {
      written.current = span;
      rows.reveal(node);
    }
  });
  return (wanted) => {
    written.current = wanted;
    write(wanted);
  };
}
