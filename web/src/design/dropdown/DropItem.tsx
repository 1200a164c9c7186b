import { IconCheck } from "@tabler/icons-react";
import type { ButtonHTMLAttributes } from "react";
import styles from "./Dropdown.module.css";

interface DropItemProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  /** Whether it is what holds now. */
  chosen?: boolean;
}

/** A line of a dropdown that does something. */
export function DropItem({ chosen = false, children, ...button }: DropItemProps) {
  return (
    <button type="button" aria-current={chosen || undefined} className={styles.item} {...button}>
      {children}
      {chosen && <IconCheck size={14} />}
    </button>
  );
}
