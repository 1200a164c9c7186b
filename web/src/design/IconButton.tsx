import type { ComponentPropsWithRef } from "react";
import styles from "./IconButton.module.css";

interface IconButtonProps extends ComponentPropsWithRef<"button"> {
  /** What it does: an icon alone says it to nobody who cannot see it. */
  "aria-label": string;
  /** Its edge in pixels. */
  size?: number;
  edged?: boolean;
}

/** A square button with an icon in it. */
export function IconButton({ size = 28, edged = false, className = "", style, ...button }: IconButtonProps) {
  return (
    <button
      type="button"
      {...button}
      className={`${styles.button} ${className}`}
      data-edged={edged}
      style={{ ...style, width: size, height: size }}
    />
  );
}
