import type { Issue } from "../api/shapes";
import styles from "./IssueTitle.module.css";

/** Type, message and culprit on one line; what does not fit is cut, the type last. */
export function IssueTitle({ issue }: { issue: Issue }) {
  const { type, value } = issue.metadata;
  return (
    <span className={styles.title} title={issue.title}>
      <span className={styles.type}>{type || issue.title}</span>
      {type && value && <span className={styles.value}>{firstLine(value)}</span>}
      {issue.culprit && <span className={styles.culprit}>{issue.culprit}</span>}
    </span>
  );
}

function firstLine(text: string): string {
  return text.split("\n", 1)[0] ?? "";
}
