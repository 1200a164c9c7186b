import { Button, Popover, TextInput } from "@mantine/core";
import { IconCheck, IconChevronDown, IconClock } from "@tabler/icons-react";
import { useState } from "react";
import menu from "./Menu.module.css";
import styles from "./ScopeBar.module.css";
import { defaultPeriod, periodLabel, periods, type Scope } from "./scope";

/** A period up to now, or two moments in the reader's own zone. */
export function TimePicker({ scope, choose }: { scope: Scope; choose: (time: Scope) => void }) {
  const [opened, setOpened] = useState(false);
  const [start, setStart] = useState(scope.start ? localInput(scope.start) : "");
  const [end, setEnd] = useState(scope.end ? localInput(scope.end) : "");
  const backwards = start !== "" && end !== "" && start >= end;
  const current = scope.start ? undefined : (scope.statsPeriod ?? defaultPeriod);

  const pick = (time: Scope) => {
    choose({ statsPeriod: undefined, start: undefined, end: undefined, ...time });
    setOpened(false);
  };

  return (
    <Popover opened={opened} onChange={setOpened} width={240} trapFocus>
      <Popover.Target>
        <button
          type="button"
          className={styles.button}
          aria-label={`Time: ${periodLabel(scope)}`}
          onClick={() => setOpened(!opened)}
        >
          <IconClock size={15} stroke={1.6} />
          <span>{periodLabel(scope)}</span>
          <IconChevronDown size={13} />
        </button>
      </Popover.Target>
      <Popover.Dropdown>
        {periods.map(([value, label]) => (
          <button
            key={value}
            type="button"
            className={menu.item}
            onClick={() => pick(value === defaultPeriod ? {} : { statsPeriod: value })}
          >
            {label}
            {value === current && <IconCheck size={14} />}
          </button>
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
      </Popover.Dropdown>
    </Popover>
  );
}

function localInput(iso: string): string {
  const at = new Date(iso);
  return new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}
