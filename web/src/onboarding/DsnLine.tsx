import { useQuery } from "@tanstack/react-query";
import { CopyIcon } from "../design/Copy";
import { keysQuery } from "../projects/projectQueries";
import styles from "./DsnLine.module.css";

/** Where a project's events go to: what an SDK is told. */
export function DsnLine({ org, project }: { org: string; project: string }) {
  const keys = useQuery(keysQuery(org, project));
  const dsn = keys.data?.find((key) => key.isActive)?.dsn.public;
  return (
    <div className={styles.dsn}>
      <span className={styles.label}>DSN</span>
      <code className={styles.value}>{dsn ?? (keys.data ? "No active key" : "…")}</code>
      {dsn && <CopyIcon text={dsn} what="the DSN" />}
    </div>
  );
}
