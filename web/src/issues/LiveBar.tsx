import styles from "./LiveBar.module.css";
import type { LiveList } from "./useLiveList";

/** Lies over the head of the table, so that its coming moves nothing. */
export function LiveBar({ live }: { live: LiveList }) {
  return (
    <div className={styles.place} aria-live="polite">
      {live.waiting > 0 && (
        <button type="button" className={styles.bar} onClick={live.show}>
          {live.waiting} new – show
        </button>
      )}
    </div>
  );
}
