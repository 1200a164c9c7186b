import { IconAlertCircleFilled, IconAlertTriangleFilled } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { keepScope } from "../shell/scope";
import type { SpanNode } from "./layout/spanTree";
import styles from "./SpanTroubles.module.css";

/** The errors and performance issues of a span, each with the way to its issue. */
export function SpanTroubles({ org, node }: { org: string; node: SpanNode }) {
  if (node.errors.length + node.issues.length === 0) {
    return null;
  }
  return (
    <ul className={styles.list}>
      {node.errors.map((error) => (
        <li key={error.event_id} className={styles.error}>
          <IconAlertCircleFilled size={15} className={styles.mark} />
          <Link
            to="/organizations/$org/issues/$issueId"
            params={{ org, issueId: error.issue_id }}
            search={(old) => ({ ...keepScope(old), event: error.event_id })}
          >
            {error.title}
          </Link>
          <span className={styles.id}>{error.short_id}</span>
        </li>
      ))}
      {node.issues.map((issue) => (
        <li key={issue.issue_id} className={styles.slow}>
          <IconAlertTriangleFilled size={15} className={styles.mark} />
          <Link to="/organizations/$org/issues/$issueId" params={{ org, issueId: issue.issue_id }} search={keepScope}>
            {issue.title}
          </Link>
          <span className={styles.id}>{issue.short_id}</span>
        </li>
      ))}
    </ul>
  );
}
