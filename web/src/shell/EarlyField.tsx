import { useEffect, useRef } from "react";
import styles from "./EarlyField.module.css";

interface EarlyFieldProps {
  typed: string;
  type: (text: string) => void;
  close: () => void;
}

/** Stands where the palette will, until that is loaded: what is typed at once goes into it and not to the keys of the page. */
export function EarlyField({ typed, type, close }: EarlyFieldProps) {
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => field.current?.focus(), []);
  return (
    <div className={styles.room}>
      <input
        ref={field}
        className={styles.field}
        aria-label="Go to"
        value={typed}
        onChange={(event) => type(event.currentTarget.value)}
        onKeyDown={(event) => event.key === "Escape" && close()}
      />
    </div>
  );
}
