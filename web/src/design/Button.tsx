import type { ComponentPropsWithRef, ReactNode } from "react";
import styles from "./Button.module.css";

interface ButtonLook {
  /** The one that a page or dialog is there for, or one that has no edge. */
  look?: "primary" | "quiet";
  small?: boolean;
  /** What it does cannot be taken back, or hurts. */
  danger?: boolean;
}

interface ButtonProps extends ButtonLook, ComponentPropsWithRef<"button"> {
  /** Its work goes on: it takes no click, and shows that. */
  busy?: boolean;
  before?: ReactNode;
  after?: ReactNode;
}

/** The browser's button in our looks: the first page of a visit shows some before any library has come. */
export function Button({
  look,
  small,
  danger,
  busy = false,
  before,
  after,
  disabled = false,
  className = "",
  children,
  ...button
}: ButtonProps) {
  return (
    <button
      type="button"
      {...button}
      {...buttonLook({ look, small, danger }, className)}
      disabled={disabled || busy}
      aria-busy={busy || undefined}
    >
      {before}
      {children}
      {after}
    </button>
  );
}

/** For a link that looks like a button. */
export const buttonLook = ({ look, small = false, danger = false }: ButtonLook, className = "") => ({
  className: `${styles.button} ${className}`,
  "data-look": look,
  "data-small": small,
  "data-danger": danger,
});
