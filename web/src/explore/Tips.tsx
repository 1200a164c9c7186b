import type { EventMeta } from "../api/exploreShapes";
import styles from "../design/PartialNotice.module.css";

/** Why a column is empty, or nothing matches: a name that no row has, and the one that may be meant. */
export function Tips({ tips }: { tips: EventMeta["tips"] | undefined }) {
  const sentences = new Set([tips?.query, tips?.columns].filter((tip) => tip));
  return sentences.size > 0 ? (
    <p className={styles.notice} role="status">
      {[...sentences].join(" ")}
    </p>
  ) : null;
}
