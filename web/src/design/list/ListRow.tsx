import type { HTMLAttributes } from "react";
import type { RowPlace } from "./RowList";
import styles from "./RowList.module.css";

/** One row of a `RowList`, with what else the row says of itself in `data-` attributes. */
export function ListRow({ top, current, className = "", ...row }: RowPlace & HTMLAttributes<HTMLDivElement>) {
  return (
    <div
      {...row}
      className={`${styles.row} ${className}`}
      role="row"
      data-current={current}
      style={{ transform: `translateY(${top}px)` }}
    />
  );
}
