import styles from "./Change.module.css";

interface ChangeProps {
  /** The value now by the value before; null when there was none before. */
  ratio: number | null;
  what: string;
  better?: "lower" | "higher";
}

/** How a value compares with before: `+42%`, `−20%`; little changes say nothing. */
export function Change({ ratio, what, better = "lower" }: ChangeProps) {
  if (ratio === null || Math.abs(ratio - 1) < 0.05) {
    return <span className={styles.change} />;
  }
  const text =
    ratio >= 10 ? `×${Math.round(ratio)}` : `${ratio > 1 ? "+" : "−"}${Math.round(Math.abs(ratio - 1) * 100)}%`;
  return (
    <span className={styles.change} data-worse={better === "lower" ? ratio > 1 : ratio < 1} title={`${what}: ${text}`}>
      {text}
    </span>
  );
}
