import type { HTMLAttributes } from "react";
import type { RowPlace } from "./RowList";
import styles from "./RowList.module.css";

/** One row of a `RowList`, with what else the row says of itself in `data-` attributes. */
export function ListRow({ top, index, current, className = "", ...row }: RowPlace & HTMLAttributes<HTMLDivElement>) {
  return (
    <div
      {...row}
      className={`${styles.row} ${className}`}
      role="row"
      // The head is the first.
      aria-rowindex={index + 2}
      data-current={current}
      style={{ transform: `translateY(${top}px)` }}
    />
  );
}
