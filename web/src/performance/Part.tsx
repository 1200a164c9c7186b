import type { UseQueryResult } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { Bones, Failure } from "../design/States";
import styles from "./Part.module.css";

interface PartProps<T> {
  title: string;
  note?: ReactNode;
  action?: ReactNode;
  query: UseQueryResult<T>;
  /** How many rows are expected, for the bones. */
  rows: number;
  /** Said in place of the content when there is none. */
  empty: ReactNode;
  isEmpty: (answer: T) => boolean;
  children: (answer: T) => ReactNode;
}

/** A part of a page with an answer of its own: its failure leaves the others standing. */
export function Part<T>({ title, note, action, query, rows, empty, isEmpty, children }: PartProps<T>) {
  return (
    <section className={styles.part} aria-label={title}>
      <PartHead title={title} note={note} action={action} />
      {query.isError && (
        <Failure what="This part could not be read" error={query.error} retry={() => void query.refetch()} />
      )}
      {query.isPending && <Bones rows={rows} height={32} />}
      {query.data !== undefined && !query.isError && (
        <div data-stale={query.isPlaceholderData}>
          {isEmpty(query.data) ? <p className={styles.empty}>{empty}</p> : children(query.data)}
        </div>
      )}
    </section>
  );
}

export function PartHead({ title, note, action }: { title: string; note?: ReactNode; action?: ReactNode }) {
  return (
    <header className={styles.head}>
      <h2 className={styles.title}>{title}</h2>
      {note && <span className={styles.note}>{note}</span>}
      <span className={styles.gap} />
      {action}
    </header>
  );
}
