import type { Priority } from "../api/shapes";
import styles from "./PriorityMark.module.css";

/** Three bars, as many filled as it is urgent, and the word. */
export function PriorityMark({ priority }: { priority: Priority | null }) {
  if (!priority) {
    return null;
  }
  return (
    <span className={styles.mark} data-priority={priority}>
      <svg viewBox="0 0 13 12" width="13" height="12" aria-hidden="true">
        <rect x="0" y="8" width="3" height="4" />
        <rect x="5" y="4" width="3" height="8" />
        <rect x="10" y="0" width="3" height="12" />
      </svg>
      {priority}
    </span>
  );
}
