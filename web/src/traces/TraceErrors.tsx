import { Menu } from "@mantine/core";
import { IconAlertCircleFilled, IconChevronDown } from "@tabler/icons-react";
import type { TraceError } from "../api/traceShapes";
import { plural } from "../design/format";
import styles from "./TraceErrors.module.css";

/** The errors of the trace; each leads to its span, or to its issue where the span has not come. */
export function TraceErrors({
  errors,
  showError,
}: {
  errors: readonly TraceError[];
  showError: (error: TraceError) => void;
}) {
  const [only] = errors;
  if (!only) {
    return null;
  }
  if (errors.length === 1) {
    return (
      <button type="button" className={styles.button} title={only.title} onClick={() => showError(only)}>
        <IconAlertCircleFilled size={15} className={styles.mark} />
        <span className={styles.text}>{only.title}</span>
      </button>
    );
  }
  return (
    <Menu width={380}>
      <Menu.Target>
        <button type="button" className={styles.button}>
          <IconAlertCircleFilled size={15} className={styles.mark} />
          {plural(errors.length, "error")}
          <IconChevronDown size={13} />
        </button>
      </Menu.Target>
      <Menu.Dropdown className={styles.list}>
        {errors.map((error) => (
          <Menu.Item key={error.event_id} onClick={() => showError(error)}>
            <span className={styles.title}>{error.title}</span>
            <span className={styles.where}>
              {error.short_id} · {error.transaction ?? error.project}
            </span>
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
