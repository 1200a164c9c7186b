import { type ReactNode, useEffect, useState } from "react";
import { ApiError } from "../api/errors";
import { Button } from "./Button";
import styles from "./States.module.css";

/** Grey bars in the final geometry, shown only when the answer takes longer than 150 ms. */
export function Bones({ rows, height = 36 }: { rows: number; height?: number }) {
  const [due, setDue] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setDue(true), 150);
    return () => clearTimeout(timer);
  }, []);
  return (
    <div aria-busy="true" className={styles.bones} style={{ "--bone-row": `${height}px`, minHeight: rows * height }}>
      <span className="unseen">Loading</span>
      {due && Array.from({ length: rows }, (_, row) => <div key={row} className={styles.bone} />)}
    </div>
  );
}

export function Empty({ title, children, action }: { title: string; children?: ReactNode; action?: ReactNode }) {
  return (
    <div className={styles.state}>
      <h2 className={styles.title}>{title}</h2>
      {children && <div className={styles.text}>{children}</div>}
      {action}
    </div>
  );
}

/** What failed, in the server's words, and the way to try again where that may help: a refusal stays one. */
export function Failure({ what, error, retry }: { what: string; error: unknown; retry?: () => void }) {
  const refused = error instanceof ApiError && error.status >= 400 && error.status < 500 && error.status !== 429;
  return (
    <div className={styles.state} role="alert">
      <h2 className={styles.title}>{what}</h2>
      <div className={styles.text}>{error instanceof Error ? error.message : "An unknown error."}</div>
      {retry && !refused && <Button onClick={retry}>Try again</Button>}
    </div>
  );
}
