import { type RefObject, useEffect, useRef } from "react";
import { useKeys } from "../design/useKeys";
import type { Row } from "./layout/rows";
import type { TraceRows } from "./useTraceRows";
import type { TraceFinder } from "./useTraceSearch";
import type { Waterfall } from "./waterfall/Waterfall";

interface TraceKeys {
  rows: TraceRows;
  waterfall: RefObject<Waterfall | null>;
  finder: TraceFinder;
  selected: string | undefined;
  open: (span: string | undefined) => void;
  /** Goes back to the list. */
  leave: () => void;
  currentRow: Row | undefined;
}

const nearer = 0.6;

/** The keys of the trace page. Gives the place for the search box, which `/` goes to. */
export function useTraceKeys({ rows, waterfall, finder, selected, open, leave, currentRow }: TraceKeys) {
  const searchBox = useRef<HTMLInputElement>(null);
  const { cursor, moveTo, toggle } = rows;

  useEffect(() => waterfall.current?.reveal(cursor), [waterfall, cursor]);

  // The open panel follows the keyboard when it rests.
  const spanId = currentRow?.kind === "span" ? currentRow.node.span.span_id : undefined;
  const follow = useRef(open);
  useEffect(() => {
    follow.current = open;
  });
  useEffect(() => {
    if (selected && spanId && spanId !== selected) {
      const timer = setTimeout(() => follow.current(spanId), 120);
      return () => clearTimeout(timer);
    }
    return undefined;
  }, [spanId, selected]);

  const zoomToCurrent = () => {
    const at = currentRow?.kind === "span" ? currentRow.node : currentRow?.fold;
    if (at) {
      waterfall.current?.zoomTo(at.start, at.end);
    }
  };
  const down = () => moveTo(cursor + 1);
  const up = () => moveTo(Math.max(0, cursor - 1));

  useKeys({
    j: down,
    k: up,
    arrowdown: down,
    arrowup: up,
    home: () => moveTo(0),
    end: () => moveTo(rows.rows.length - 1),
    pagedown: () => moveTo(cursor + 20),
    pageup: () => moveTo(Math.max(0, cursor - 20)),
    arrowright: (event) => {
      if (event.shiftKey) {
        waterfall.current?.pan(0.2);
      } else if (currentRow?.opens && !currentRow.open) {
        toggle(currentRow);
      } else if (currentRow?.opens) {
        down();
      }
    },
    arrowleft: (event) => {
      if (event.shiftKey) {
        waterfall.current?.pan(-0.2);
      } else if (currentRow?.opens && currentRow.open) {
        toggle(currentRow);
      } else if (currentRow && currentRow.parent >= 0) {
        moveTo(currentRow.parent);
      }
    },
    enter: () => {
      if (currentRow?.kind === "fold") {
        toggle(currentRow);
      } else if (spanId) {
        open(spanId);
      }
    },
    escape: () => open(undefined),
    u: leave,
    "/": () => searchBox.current?.select(),
    n: (event) => finder.step(event.shiftKey ? -1 : 1),
    "+": () => waterfall.current?.zoom(nearer),
    "=": () => waterfall.current?.zoom(nearer),
    "-": () => waterfall.current?.zoom(1 / nearer),
    "0": () => waterfall.current?.showWindow(undefined),
    z: zoomToCurrent,
  });
  return searchBox;
}
