import type { CodeLine } from "../api/eventShapes";
import styles from "./CodeLines.module.css";

interface CodeLinesProps {
  lines: readonly CodeLine[];
  failing: number | null | undefined;
}

/** Source around the failing line, which is marked by colour and a sign; long lines scroll inside the frame. */
export function CodeLines({ lines, failing }: CodeLinesProps) {
  return (
    <div className={styles.code}>
      <ol className={styles.lines}>
        {lines.map(([line, text]) => (
          <li key={line} className={styles.line} data-failing={line === failing}>
            <span className={styles.number}>{line}</span>
            <span className={styles.sign}>{line === failing ? "▸" : ""}</span>
            <code className={styles.text}>{text || " "}</code>
          </li>
        ))}
      </ol>
    </div>
  );
}
