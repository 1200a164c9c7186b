import type { VitalShare } from "../api/performanceShapes";
import { percent } from "../design/format";
import styles from "./ShareBar.module.css";

/** How many had it good, middling and poor. */
export function ShareBar({ share: { good, meh, poor } }: { share: Pick<VitalShare, "good" | "meh" | "poor"> }) {
  const text = `${percent(good)} good, ${percent(meh)} need work, ${percent(poor)} poor`;
  return (
    <span className={styles.bar} role="img" aria-label={text} title={text}>
      <span data-rating="good" style={{ "--share": good }} />
      <span data-rating="meh" style={{ "--share": meh }} />
      <span data-rating="poor" style={{ "--share": poor }} />
    </span>
  );
}
