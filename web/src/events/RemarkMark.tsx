import type { MetaTree } from "../api/eventShapes";
import { remarkText } from "./meta";
import styles from "./RemarkMark.module.css";

/** Stands at a field that was shortened, scrubbed or set aside, and says so. */
export function RemarkMark({ meta }: { meta: MetaTree | undefined }) {
  const text = remarkText(meta);
  return text ? <span className={styles.mark}>{text}</span> : null;
}
