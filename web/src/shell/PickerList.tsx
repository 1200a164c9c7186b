import { type Icon, IconChevronDown } from "@tabler/icons-react";
import { type ReactNode, useState } from "react";
import { Button } from "../design/Button";
import { Dropdown } from "../design/dropdown/Dropdown";
import styles from "./ScopeBar.module.css";

export interface PickerOption {
  value: string;
  label: string;
}

interface PickerListProps {
  icon: Icon;
  /** What is picked here, for the reader's ear. */
  name: string;
  label: string;
  allLabel: string;
  options: readonly PickerOption[];
  chosen: readonly string[];
  choose: (values: string[]) => void;
  foot?: ReactNode;
}

/** A button that opens a list with check boxes; choosing acts at once. */
export function PickerList({ icon: Mark, name, label, allLabel, options, chosen, choose, foot }: PickerListProps) {
  const [wanted, setWanted] = useState("");
  const matching = options.filter((option) => option.label.toLowerCase().includes(wanted.toLowerCase()));
  const toggle = (value: string) =>
    choose(chosen.includes(value) ? chosen.filter((one) => one !== value) : [...chosen, value]);

  return (
    <Dropdown
      className={styles.button}
      label={`${name}: ${label}`}
      width={280}
      face={
        <>
          <Mark size={15} stroke={1.6} />
          <span>{label}</span>
          <IconChevronDown size={13} />
        </>
      }
    >
      {(close) => (
        <>
          <input
            data-autofocus
            className={styles.field}
            aria-label={`Find ${name.toLowerCase()}`}
            placeholder="Find…"
            value={wanted}
            onChange={(event) => setWanted(event.currentTarget.value)}
          />
          <div className={styles.list}>
            {matching.map((option) => (
              <label key={option.value} className={styles.option}>
                <input type="checkbox" checked={chosen.includes(option.value)} onChange={() => toggle(option.value)} />
                <span>{option.label}</span>
                <button
                  type="button"
                  className={styles.only}
                  onClick={() => {
                    choose([option.value]);
                    close();
                  }}
                >
                  only
                </button>
              </label>
            ))}
          </div>
          <div className={styles.foot}>
            <Button small look="quiet" disabled={chosen.length === 0} onClick={() => choose([])}>
              {allLabel}
            </Button>
            {foot}
          </div>
        </>
      )}
    </Dropdown>
  );
}
