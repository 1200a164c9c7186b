import { IconChevronDown, IconClock } from "@tabler/icons-react";
import { useId, useState } from "react";
import { Button } from "../design/Button";
import { Dropdown } from "../design/dropdown/Dropdown";
import { DropItem } from "../design/dropdown/DropItem";
import styles from "./ScopeBar.module.css";
import { defaultPeriod, periodLabel, periods, type Scope } from "./scope";

interface TimePickerProps {
  scope: Scope;
  choose: (time: Scope) => void;
}

/** A period up to now, or two moments in the reader's own zone. */
export function TimePicker({ scope, choose }: TimePickerProps) {
  return (
    <Dropdown
      className={styles.button}
      label={`Time: ${periodLabel(scope)}`}
      width={240}
      face={
        <>
          <IconClock size={15} stroke={1.6} />
          <span>{periodLabel(scope)}</span>
          <IconChevronDown size={13} />
        </>
      }
    >
      {(close) => <Times scope={scope} choose={choose} close={close} />}
    </Dropdown>
  );
}

function Times({ scope, choose, close }: TimePickerProps & { close: () => void }) {
  const [start, setStart] = useState(scope.start ? localInput(scope.start) : "");
  const [end, setEnd] = useState(scope.end ? localInput(scope.end) : "");
  const fault = useId();
  const backwards = start !== "" && end !== "" && start >= end;
  const current = scope.start ? undefined : (scope.statsPeriod ?? defaultPeriod);
  const pick = (time: Scope) => {
    choose({ statsPeriod: undefined, start: undefined, end: undefined, ...time });
    close();
  };
  return (
    <>
      {periods.map(([value, label]) => (
        <DropItem
          key={value}
          chosen={value === current}
          onClick={() => pick(value === defaultPeriod ? {} : { statsPeriod: value })}
        >
          {label}
        </DropItem>
      ))}
      <div className={styles.absolute}>
        <label className={styles.moment}>
          From
          <input
            className={styles.field}
            type="datetime-local"
            value={start}
            onChange={(event) => setStart(event.currentTarget.value)}
          />
        </label>
        <label className={styles.moment}>
          To
          <input
            className={styles.field}
            type="datetime-local"
            value={end}
            aria-invalid={backwards}
            aria-describedby={fault}
            onChange={(event) => setEnd(event.currentTarget.value)}
          />
        </label>
        {backwards && (
          <p id={fault} className={styles.fault}>
            Must be after the start.
          </p>
        )}
        <Button
          disabled={!start || !end || backwards}
          onClick={() => pick({ start: new Date(start).toISOString(), end: new Date(end).toISOString() })}
        >
          Apply
        </Button>
      </div>
    </>
  );
}

function localInput(iso: string): string {
  const at = new Date(iso);
  return new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}
