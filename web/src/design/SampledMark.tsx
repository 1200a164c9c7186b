import styles from "./SampledMark.module.css";

/** Says that a number was counted from a sample. */
export function SampledMark() {
  return (
    <span className={styles.mark} title="Counted from a sample of the data and scaled up">
      sampled
    </span>
  );
}
