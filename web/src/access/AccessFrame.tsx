import type { ReactNode } from "react";
import { Bell } from "../design/Bell";
import styles from "./AccessFrame.module.css";

/** The page around the forms that stand before the login. */
export function AccessFrame({ title, children }: { title: string; children: ReactNode }) {
  return (
    <main className={styles.page}>
      <div className={styles.panel}>
        <div className={styles.brand}>
          <Bell size={26} />
          <span>Tocsin</span>
        </div>
        <h1 className={styles.title}>{title}</h1>
        {children}
      </div>
    </main>
  );
}
