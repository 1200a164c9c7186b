import { Fragment, type ReactNode, useEffect, useRef } from "react";
import { useNarrow } from "../useNarrow";
import styles from "./RowList.module.css";
import type { MoreRows } from "./usePagedRows";
import { useRowsInSight } from "./useRowsInSight";

const rowHeight = 36;
const narrowRowHeight = 58;
const headHeight = 28;

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
  const height = narrow ? narrowRowHeight : rowHeight;
  // A phone has no head. Elsewhere the rows begin below it, and it lies over what is scrolled.
  const head = narrow ? 0 : headHeight;
  const { from, to } = useRowsInSight(scroller, { count: rows.length, rowHeight: height, head, cursor });

  useEffect(() => {
    if (next && to >= rows.length - 14) {
      next();
    }
  }, [next, to, rows.length]);

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
        <div role="rowgroup" className={styles.rows} style={{ height: rows.length * height }}>
          {rows.slice(from, to).map((row, at) => (
            <Fragment key={keyOf(row)}>
              {children(row, { top: (from + at) * height, index: from + at, current: from + at === cursor })}
            </Fragment>
          ))}
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
