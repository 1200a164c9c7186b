import { Button, TextInput } from "@mantine/core";
import { IconChevronDown, IconClock } from "@tabler/icons-react";
import { useState } from "react";
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
        <TextInput
          label="From"
          type="datetime-local"
          value={start}
          onChange={(event) => setStart(event.currentTarget.value)}
        />
        <TextInput
          label="To"
          type="datetime-local"
          value={end}
          error={backwards ? "Must be after the start." : undefined}
          onChange={(event) => setEnd(event.currentTarget.value)}
        />
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
