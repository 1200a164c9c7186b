import styles from "./PartialNotice.module.css";

/** What the reader must know before believing the numbers: part of the rows is not in them. */
export function PartialNotice({ partial }: { partial: boolean | undefined }) {
  return partial ? (
    <p className={styles.notice} role="status">
      Not everything was read: time ran out, there is too much of it, or a day of the store could not answer. A shorter
      time or a narrower search brings the whole.
    </p>
  ) : null;
}
