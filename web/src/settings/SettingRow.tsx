import type { ReactNode } from "react";
import styles from "./SettingRow.module.css";

interface SettingRowProps {
  label: string;
  /** What the value does, and what happens to what is already there. */
  explain?: ReactNode;
  children: ReactNode;
}

export function SettingRow({ label, explain, children }: SettingRowProps) {
  return (
    <div className={styles.row}>
      <div className={styles.words}>
        <div className={styles.label}>{label}</div>
        {explain && <div className={styles.explain}>{explain}</div>}
      </div>
      <div className={styles.control}>{children}</div>
    </div>
  );
}
