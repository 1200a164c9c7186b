import { useState } from "react";
import type { MetaTree } from "../api/eventShapes";
import { metaOf } from "./meta";
import { RemarkMark } from "./RemarkMark";
import styles from "./ValueTree.module.css";

interface ValueTreeProps {
  value: unknown;
  meta?: MetaTree | undefined;
  /** How deep it is open from the start. */
  open?: number;
}

/** Any JSON value, coloured by kind; objects and lists open on click. Nothing in it is ever taken as markup. */
export function ValueTree({ value, meta, open = 0 }: ValueTreeProps) {
  if (typeof value === "object" && value !== null) {
    return <Branch value={value} meta={meta} open={open} />;
  }
  return (
    <span className={styles.value}>
      <Leaf value={value} />
      <RemarkMark meta={meta} />
    </span>
  );
}

function Leaf({ value }: { value: unknown }) {
  const [whole, setWhole] = useState(false);
  if (typeof value === "string") {
    const limit = 600;
    const cut = !whole && value.length > limit;
    return (
      <span className={styles.text}>
        {cut ? value.slice(0, limit) : value}
        {cut && (
          <button type="button" className={styles.more} onClick={() => setWhole(true)}>
            … {value.length - limit} more
          </button>
        )}
        {value === "" && <span className={styles.nothing}>empty</span>}
      </span>
    );
  }
  const kind = typeof value === "number" ? "number" : typeof value === "boolean" ? "boolean" : "nothing";
  return <span className={styles[kind]}>{value === undefined ? "none" : String(value)}</span>;
}

function Branch({ value, meta, open }: { value: object; meta: MetaTree | undefined; open: number }) {
  const [opened, setOpened] = useState(open > 0);
  const entries = Object.entries(value);
  const list = Array.isArray(value);
  if (entries.length === 0) {
    return (
      <span className={styles.value}>
        <span className={styles.nothing}>{list ? "[]" : "{}"}</span>
        <RemarkMark meta={meta} />
      </span>
    );
  }
  return (
    <div className={styles.branch}>
      <button type="button" className={styles.handle} aria-expanded={opened} onClick={() => setOpened(!opened)}>
        <span className={styles.sign}>{opened ? "−" : "+"}</span>
        {opened ? (
          <span className={styles.nothing}>{list ? `${entries.length} items` : `${entries.length} keys`}</span>
        ) : (
          preview(value)
        )}
      </button>
      <RemarkMark meta={meta} />
      {opened && (
        <dl className={styles.children}>
          {entries.map(([key, child]) => (
            <div key={key} className={styles.child}>
              <dt className={styles.key}>{key}</dt>
              <dd className={styles.content}>
                <ValueTree value={child} meta={metaOf(meta, key)} open={open - 1} />
              </dd>
            </div>
          ))}
        </dl>
      )}
    </div>
  );
}

function preview(value: object): string {
  const text = JSON.stringify(value) ?? "";
  return text.length > 140 ? `${text.slice(0, 139)}…` : text;
}
