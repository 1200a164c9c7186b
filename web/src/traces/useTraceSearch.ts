import { useDeferredValue, useMemo, useState } from "react";
import { searchSpans } from "./layout/searching";
import type { SpanNode, SpanTree } from "./layout/spanTree";
import type { UsualOf } from "./usual";

export interface TraceFinder {
  text: string;
  setText: (text: string) => void;
  /** Absent without words. */
  found: ReadonlySet<SpanNode> | undefined;
  count: number;
  /** The place of the shown one among them, from 1; 0: none yet. */
  at: number;
  step: (by: 1 | -1) => void;
}

/** Searching inside the trace: what fits, and going from one to the next, around the end. */
export function useTraceSearch(
  tree: SpanTree | undefined,
  current: SpanNode | undefined,
  show: (node: SpanNode) => void,
  usual: UsualOf | undefined,
): TraceFinder {
  const [text, setText] = useState("");
  const wanted = useDeferredValue(text.trim());
  const list = useMemo(() => (tree && wanted ? searchSpans(tree, wanted, usual) : []), [tree, wanted, usual]);
  const found = useMemo(() => (wanted ? new Set(list) : undefined), [list, wanted]);
  const index = current ? list.indexOf(current) : -1;

  return {
    text,
    setText,
    found,
    count: list.length,
    at: index + 1,
    step: (by) => {
      // Enter may come before the words just typed were searched for.
      const words = text.trim();
      const matches = tree && words !== wanted ? searchSpans(tree, words, usual) : list;
      const from = current ? matches.indexOf(current) : -1;
      const next = from < 0 ? (by > 0 ? 0 : matches.length - 1) : (from + by + matches.length) % matches.length;
      const node = matches[next];
      if (node) {
        show(node);
      }
    },
  };
}
