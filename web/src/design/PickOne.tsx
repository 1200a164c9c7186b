import { TextInput } from "@mantine/core";
import { type KeyboardEvent, type ReactNode, useId, useState } from "react";
import styles from "./PickOne.module.css";

export interface PickOption {
  key: string;
  /** What typed letters are compared with. */
  text: string;
  label: ReactNode;
  mark?: ReactNode;
  hint?: string;
  pick: () => void;
}

interface PickOneProps {
  placeholder: string;
  /** What stands in the field when it appears. */
  typedFirst?: string;
  options: readonly PickOption[];
  /** Tells what is typed, for options that come from the server. Then the options are shown as they are. */
  onType?: (text: string) => void;
  empty?: string;
}

/** A field over a list: letters narrow it, the arrows move, Enter picks. */
export function PickOne({ placeholder, typedFirst = "", options, onType, empty = "Nothing matches." }: PickOneProps) {
  const [typed, setTyped] = useState(typedFirst);
  const [at, setAt] = useState(0);
  const id = useId();
  const words = typed.toLowerCase().split(/\s+/).filter(Boolean);
  const matching = options.filter((option) => words.every((word) => option.text.toLowerCase().includes(word)));
  const current = Math.min(at, matching.length - 1);

  const onKeyDown = (event: KeyboardEvent) => {
    const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    if (step !== 0) {
      event.preventDefault();
      const next = (current + step + matching.length) % Math.max(1, matching.length);
      setAt(next);
      document.getElementById(`${id}-${next}`)?.scrollIntoView({ block: "nearest" });
    } else if (event.key === "Enter") {
      event.preventDefault();
      matching[current]?.pick();
    }
  };

  return (
    <div>
      <TextInput
        data-autofocus
        aria-label={placeholder}
        placeholder={placeholder}
        role="combobox"
        aria-expanded="true"
        aria-controls={id}
        aria-activedescendant={matching[current] ? `${id}-${current}` : undefined}
        value={typed}
        onKeyDown={onKeyDown}
        onChange={(event) => {
          setTyped(event.currentTarget.value);
          setAt(0);
          onType?.(event.currentTarget.value);
        }}
      />
      <div id={id} role="listbox" aria-label={placeholder} className={styles.list}>
        {matching.map((option, index) => (
          <div
            key={option.key}
            id={`${id}-${index}`}
            role="option"
            tabIndex={-1}
            aria-selected={index === current}
            className={styles.option}
            onMouseMove={() => setAt(index)}
            onClick={option.pick}
            onKeyDown={onKeyDown}
          >
            {option.mark}
            <span className={styles.label}>{option.label}</span>
            {option.hint && <span className={styles.hint}>{option.hint}</span>}
          </div>
        ))}
        {matching.length === 0 && <div className={styles.empty}>{empty}</div>}
      </div>
    </div>
  );
}
