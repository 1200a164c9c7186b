import styles from "./Change.module.css";

interface ChangeProps {
  /** The value now by the value before; null when nothing was before, infinite when it was zero. */
  ratio: number | null;
  what: string;
  better?: "lower" | "higher";
}

/** How a value compares with before: `+42%`, `−20%`; little changes say nothing. */
export function Change({ ratio, what, better = "lower" }: ChangeProps) {
  if (ratio === null || Math.abs(ratio - 1) < 0.05) {
    return <span className={styles.change} />;
  }
  const text = changeText(ratio);
  return (
    <span className={styles.change} data-worse={better === "lower" ? ratio > 1 : ratio < 1} title={`${what}: ${text}`}>
      {text}
    </span>
  );
}

function changeText(ratio: number): string {
  if (ratio >= 10) {
    return Number.isFinite(ratio) ? `×${Math.round(ratio)}` : "from none";
  }
  return `${ratio > 1 ? "+" : "−"}${Math.round(Math.abs(ratio - 1) * 100)}%`;
}
