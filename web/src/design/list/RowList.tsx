import { useVirtualizer } from "@tanstack/react-virtual";
import { Fragment, type ReactNode, startTransition, useEffect, useRef, useState } from "react";
import { useNarrow } from "../useNarrow";
import styles from "./RowList.module.css";
import type { MoreRows } from "./usePagedRows";

const rowHeight = 36;
const narrowRowHeight = 58;
const headHeight = 28;

/** How many rows beyond the edge are ready for whoever scrolls; the first paint does not wait for them. */
const overscan = 12;
const calmAfter = 200;

/** Where a row lies and whether the keyboard is on it; for `ListRow`. */
export interface RowPlace {
  top: number;
  /** From 0, in the whole list. */
  index: number;
  current: boolean;
}

interface RowListProps<T> {
  label: string;
  /** A class that sets `--columns`, `--gap` and `--inset`, and hides columns where there is no room. */
  className: string | undefined;
  rows: readonly T[];
  keyOf: (row: T) => string;
  /** The row of the keyboard; -1: none. */
  cursor: number;
  more: MoreRows;
  /** Whether the rows answer what was asked before. */
  stale?: boolean;
  /** The column headers. */
  head: ReactNode;
  children: (row: T, place: RowPlace) => ReactNode;
}

/** A table of which only the rows in sight exist; it asks for more before its end is in sight. */
export function RowList<T>({
  label,
  className,
  rows,
  keyOf,
  cursor,
  more,
  stale = false,
  head: columns,
  children,
}: RowListProps<T>) {
  const { next, retry } = more;
  const scroller = useRef<HTMLDivElement>(null);
  const narrow = useNarrow();
  const [painted, setPainted] = useState(false);
  // A phone has no head. Elsewhere the rows begin below it, and it lies over what is scrolled.
  const head = narrow ? 0 : headHeight;
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => (narrow ? narrowRowHeight : rowHeight),
    getItemKey: (index) => {
      const row = rows[index];
      return row === undefined ? index : keyOf(row);
    },
    overscan: painted ? overscan : 1,
    scrollMargin: head,
    scrollPaddingStart: head,
  });
  const items = virtual.getVirtualItems();
  const last = items.at(-1)?.index ?? 0;

  useEffect(() => {
    const timer = setTimeout(() => startTransition(() => setPainted(true)), calmAfter);
    return () => clearTimeout(timer);
  }, []);

  useEffect(() => {
    if (next && last >= rows.length - 15) {
      next();
    }
  }, [next, last, rows.length]);

  useEffect(() => {
    if (cursor >= 0) {
      virtual.scrollToIndex(cursor, { align: "auto" });
    }
  }, [cursor, virtual]);

  return (
    <>
      <div
        ref={scroller}
        className={`${styles.scroller} ${className}`}
        role="table"
        aria-label={label}
        aria-rowcount={rows.length + 1}
        data-stale={stale}
      >
        <div className={styles.head} role="row" aria-rowindex={1}>
          {columns}
        </div>
        <div role="rowgroup" className={styles.rows} style={{ height: virtual.getTotalSize() }}>
          {items.map((item) => {
            const row = rows[item.index];
            return (
              row !== undefined && (
                <Fragment key={item.key}>
                  {children(row, { top: item.start - head, index: item.index, current: item.index === cursor })}
                </Fragment>
              )
            );
          })}
        </div>
      </div>
      {retry && (
        <p className={styles.failure} role="alert">
          The next rows could not be read.{" "}
          <button type="button" onClick={retry}>
            Try again
          </button>
        </p>
      )}
    </>
  );
}
