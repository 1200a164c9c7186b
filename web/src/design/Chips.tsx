import styles from "./Chips.module.css";

interface ChipsProps {
  name: string;
  /** May repeat; each is offered once, with its count. */
  options: readonly string[];
  chosen: ReadonlySet<string>;
  choose: (chosen: ReadonlySet<string>) => void;
}

const most = 8;

/** Small switches to narrow a list; with nothing chosen all is shown. A single option needs no switch. */
export function Chips({ name, options, chosen, choose }: ChipsProps) {
  const counts = new Map<string, number>();
  for (const option of options) {
    counts.set(option, (counts.get(option) ?? 0) + 1);
  }
  if (counts.size < 2) {
    return null;
  }
  const toggle = (option: string) => {
    const next = new Set(chosen);
    if (!next.delete(option)) {
      next.add(option);
    }
    choose(next);
  };
  return (
    <fieldset className={styles.chips}>
      <legend className="unseen">{name}</legend>
      {[...counts]
        .sort((a, b) => b[1] - a[1])
        .slice(0, most)
        .map(([option, count]) => (
          <button
            key={option}
            type="button"
            className={styles.chip}
            aria-pressed={chosen.has(option)}
            onClick={() => toggle(option)}
          >
            {option}
            <span className={styles.count}>{count}</span>
          </button>
        ))}
    </fieldset>
  );
}
