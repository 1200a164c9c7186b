import { useRef } from "react";
import { duration, exactNumber } from "../design/format";
import { useRowsInSight } from "../design/list/useRowsInSight";
import { indent } from "./layout/indent";
import { keyOf, type Row } from "./layout/rows";
import { isTrouble, type SpanNode } from "./layout/spanTree";
import styles from "./SpanTable.module.css";
import type { TraceRows } from "./useTraceRows";

interface SpanTableProps {
  colours: ReadonlyMap<string, string>;
  rows: TraceRows;
  selected: string | undefined;
  found: ReadonlySet<SpanNode> | undefined;
  pick: (row: Row) => void;
}

const rowHeight = 30;
const headHeight = 28;

/** The same rows as the waterfall's, as a table that a screen reader reads and a person can copy from. */
export function SpanTable({ colours, rows: { rows, cursor, toggle }, selected, found, pick }: SpanTableProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const { from, to } = useRowsInSight(scroller, { count: rows.length, rowHeight, head: headHeight, cursor });

  return (
    <div
      ref={scroller}
      className={styles.scroller}
      role="treegrid"
      aria-label="Spans"
      aria-rowcount={rows.length + 1}
      tabIndex={0}
    >
      <div className={styles.head} role="row" aria-rowindex={1}>
        <span role="columnheader">Operation</span>
        <span role="columnheader">Service</span>
        <span role="columnheader" className={styles.number}>
          Start
        </span>
        <span role="columnheader" className={styles.number}>
          Duration
        </span>
        <span role="columnheader" className={styles.number}>
          Self time
        </span>
        <span role="columnheader">Status</span>
      </div>
      <div role="rowgroup" className={styles.rows} style={{ height: rows.length * rowHeight }}>
        {rows.slice(from, to).map((row, at) => (
          <TableRow
            key={keyOf(row)}
            row={row}
            index={from + at}
            top={(from + at) * rowHeight}
            current={from + at === cursor}
            selected={row.kind === "span" && row.node.span.span_id === selected}
            dim={found !== undefined && row.kind === "span" && !found.has(row.node)}
            colours={colours}
            toggle={() => toggle(row)}
            pick={() => (row.kind === "fold" ? toggle(row) : pick(row))}
          />
        ))}
      </div>
    </div>
  );
}

interface TableRowProps {
  row: Row;
  index: number;
  top: number;
  current: boolean;
  selected: boolean;
  dim: boolean;
  colours: ReadonlyMap<string, string>;
  toggle: () => void;
  pick: () => void;
}

function TableRow({ row, index, top, current, selected, dim, colours, toggle, pick }: TableRowProps) {
  const first = row.kind === "span" ? row.node : row.fold.members[0];
  if (!first) {
    return null;
  }
  const { span } = first;
  const self =
    row.kind === "span" ? span.self_time : row.fold.members.reduce((sum, one) => sum + one.span.self_time, 0);
  return (
    <div
      className={styles.row}
      role="row"
      aria-rowindex={index + 2}
      aria-level={row.depth + 1}
      aria-expanded={row.opens ? row.open : undefined}
      aria-selected={selected}
      data-current={current}
      data-dim={dim}
      style={{ transform: `translateY(${top}px)` }}
    >
      <span role="gridcell" className={styles.what} style={{ paddingLeft: indent(row.depth, 420) }}>
        {row.opens ? (
          <button
            type="button"
            className={styles.fold}
            aria-label={row.open ? "Close" : "Open"}
            tabIndex={-1}
            onClick={toggle}
          >
            {row.open ? "−" : "+"}
          </button>
        ) : (
          <span className={styles.noFold} />
        )}
        <button type="button" className={styles.pick} onClick={pick}>
          <span className={styles.op}>
            {row.kind === "fold" ? `× ${exactNumber(row.fold.members.length)}` : span.op}
          </span>
          {row.kind === "fold" ? row.fold.words : (span.description ?? span.transaction ?? "")}
        </button>
      </span>
      <span role="gridcell" className={styles.service} style={{ "--lane": colours.get(first.lane) }}>
        {first.lane}
      </span>
      <span role="gridcell" className={styles.number}>
        {duration(first.start)}
      </span>
      <span role="gridcell" className={styles.number}>
        {duration(row.kind === "span" ? span.duration : row.fold.total)}
      </span>
      <span role="gridcell" className={styles.number}>
        {duration(self)}
      </span>
      <span
        role="gridcell"
        className={styles.status}
        data-failed={row.kind === "span" ? isTrouble(row.node) : row.fold.trouble > 0}
      >
        {statusOf(row)}
      </span>
    </div>
  );
}

function statusOf(row: Row): string {
  if (row.kind === "fold") {
    return row.fold.trouble > 0 ? `${row.fold.trouble} failed` : "";
  }
  const { errors, span, orphan } = row.node;
  const error = errors[0]?.title;
  return [error ?? (span.status === "unknown" ? "" : span.status), orphan ? "parent missing" : ""]
    .filter(Boolean)
    .join(", ");
}
