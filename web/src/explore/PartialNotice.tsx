import styles from "./ExplorePage.module.css";
import type { AnswerNote } from "./shapes";

/** What the reader must know before believing the numbers. */
export function PartialNotice({ note }: { note: AnswerNote | undefined }) {
  return note?.partial ? (
    <p className={styles.notice} role="status">
      Not everything was read: time ran out, or a day of the store could not answer. A shorter time or a narrower search
      brings the whole.
    </p>
  ) : null;
}
