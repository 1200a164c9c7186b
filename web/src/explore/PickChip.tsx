import { Popover } from "@mantine/core";
import { IconPlus, IconX } from "@tabler/icons-react";
import { useState } from "react";
import { PickOne } from "../design/PickOne";
import styles from "./PickChip.module.css";

interface PickChipProps {
  /** What is picked; absent for the button that adds one. */
  value?: string;
  /** What is picked here, for the reader's ear. */
  name: string;
  options: readonly { value: string; hint: string }[];
  /** Whether something that is typed and not offered can be picked. */
  accepts?: (typed: string) => boolean;
  /** What is accepted is never the beginning of something else, so it goes before what is offered. */
  whole?: boolean;
  pick: (value: string) => void;
  remove?: () => void;
}

/** One part of a question: a button that opens the list of what it may be, and a cross that takes it away. */
export function PickChip({ value, name, options, accepts, whole = false, pick, remove }: PickChipProps) {
  const [opened, setOpened] = useState(false);
  const [typed, setTyped] = useState("");
  const choose = (wanted: string) => {
    setOpened(false);
    setTyped("");
    pick(wanted);
  };
  // What is not in the list was typed, and is there to be typed on.
  const start =
    value !== undefined && accepts?.(value) && !options.some((option) => option.value === value) ? value : "";
  const own = typed.trim();
  const free =
    own !== "" && accepts?.(own) && !options.some((option) => option.value === own)
      ? [{ key: "typed", text: typed, label: own, hint: "as typed", pick: () => choose(own) }]
      : [];
  return (
    <span className={styles.chip} data-empty={value === undefined}>
      <Popover opened={opened} onChange={setOpened} width={340} trapFocus>
        <Popover.Target>
          <button
            type="button"
            className={styles.value}
            aria-label={value === undefined ? `Add ${name}` : `${name}: ${value}`}
            onClick={() => {
              setOpened(!opened);
              setTyped(start);
            }}
          >
            {value ?? <IconPlus size={14} />}
          </button>
        </Popover.Target>
        <Popover.Dropdown>
          <PickOne
            placeholder={accepts ? `Find or type ${name}` : `Find ${name}`}
            options={[
              ...(whole ? free : []),
              ...options.map((option) => ({
                key: option.value,
                text: `${option.value} ${option.hint}`,
                label: <code>{option.value}</code>,
                hint: option.hint,
                pick: () => choose(option.value),
              })),
              ...(whole ? [] : free),
            ]}
            typedFirst={start}
            onType={setTyped}
          />
        </Popover.Dropdown>
      </Popover>
      {remove && (
        <button type="button" className={styles.remove} aria-label={`Remove ${value}`} onClick={remove}>
          <IconX size={12} />
        </button>
      )}
    </span>
  );
}
