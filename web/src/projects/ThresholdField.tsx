import type { Threshold } from "../api/shapes";
import { SavedText } from "../settings/SavedText";
import styles from "./ThresholdField.module.css";
import { boundsOf, thresholdFault, unitOf } from "./thresholdText";

interface ThresholdFieldProps {
  threshold: Threshold;
  fixed: boolean;
  save: (value: number) => Promise<void>;
}

/** A number, what is measured by it, and what it may be. */
export function ThresholdField({ threshold, fixed, save }: ThresholdFieldProps) {
  return (
    <div className={styles.field}>
      <div className={styles.title}>{threshold.title}</div>
      <div className={styles.value}>
        <SavedText
          label={threshold.title}
          field={threshold.name}
          disabled={fixed}
          value={String(threshold.value)}
          fault={(text) => thresholdFault(threshold, text)}
          save={(text) => save(Number(text))}
        />
        <span className={styles.unit}>{unitOf(threshold)}</span>
      </div>
      <div className={styles.bounds}>{boundsOf(threshold)}</div>
    </div>
  );
}
