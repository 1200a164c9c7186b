import styles from "./SampledMark.module.css";

/** Says that a number was counted from a sample, or (kept) that one was kept for others like it. */
export function SampledMark({ kept = false }: { kept?: boolean }) {
  return (
    <span
      className={styles.mark}
      title={
        kept ? "Stands for others like it, which were sampled away" : "Counts are extrapolated from sampled traces"
      }
    >
      sampled
    </span>
  );
}
