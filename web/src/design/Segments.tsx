import { type ReactNode, useId } from "react";
import styles from "./Segments.module.css";

interface SegmentsProps<T extends string> {
  "aria-label": string;
  data: readonly (T | { value: T; label: ReactNode })[];
  value: string;
  onChange: (value: T) => void;
  className?: string | undefined;
}

/** One of a few, all in sight. The browser's own radio buttons: the arrow keys move, and nothing is measured. */
export function Segments<T extends string>({
  "aria-label": name,
  data,
  value,
  onChange,
  className = "",
}: SegmentsProps<T>) {
  const group = useId();
  return (
    <div role="radiogroup" aria-label={name} className={`${styles.segments} ${className}`}>
      {data.map((one) => {
        const { value: own, label } = typeof one === "string" ? { value: one, label: one } : one;
        return (
          <label key={own} className={styles.segment}>
            <input type="radio" name={group} value={own} checked={own === value} onChange={() => onChange(own)} />
            <span>{label}</span>
          </label>
        );
      })}
    </div>
  );
}
