import type { ReactNode } from "react";
import styles from "./PageHead.module.css";

/** Title and the one primary action, top right. */
export function PageHead({ title, explain, action }: { title: string; explain?: ReactNode; action?: ReactNode }) {
  return (
    <header className={styles.head}>
      <div>
        <h1 className={styles.title}>{title}</h1>
        {explain && <p className={styles.explain}>{explain}</p>}
      </div>
      {action}
    </header>
  );
}
