import type { ReactNode } from "react";
import type { MetaTree } from "../api/eventShapes";
import styles from "./KeyValues.module.css";
import { metaOf } from "./meta";
import { ValueTree } from "./ValueTree";

interface KeyValuesProps {
  /** Keys may repeat, as headers do. */
  rows: readonly (readonly [key: string, value: unknown])[];
  /** The remarks below these rows: by name, or by place where keys may repeat. */
  meta?: MetaTree | undefined;
  metaBy?: "name" | "place";
  /** Something at the end of a row. */
  extra?: (key: string, value: unknown) => ReactNode;
}

/** A two-column grid of names and values. */
export function KeyValues({ rows, meta, metaBy = "name", extra }: KeyValuesProps) {
  return (
    <dl className={styles.grid}>
      {rows.map(([key, value], index) => (
        <div key={`${key}-${index}`} className={styles.row}>
          <dt className={styles.key} title={key}>
            {key}
          </dt>
          <dd className={styles.value}>
            <ValueTree value={value} meta={metaBy === "name" ? metaOf(meta, key) : metaOf(meta, index, 1)} />
            {extra?.(key, value)}
          </dd>
        </div>
      ))}
    </dl>
  );
}
