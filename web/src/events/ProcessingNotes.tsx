import { IconNotes } from "@tabler/icons-react";
import { useState } from "react";
import type { EventDetail, ProcessingNote } from "../api/eventShapes";
import { plural } from "../design/format";
import styles from "./ProcessingNotes.module.css";

const sentences: Record<string, string> = {
  invalid_data: "was not valid and was set aside",
  invalid_attribute: "is not a field we know and was set aside",
  missing_attribute: "was missing",
  value_too_long: "was longer than allowed and was shortened",
  past_timestamp: "lay too far in the past and was replaced",
  future_timestamp: "lay in the future and was replaced",
  clock_drift: "was corrected: the client's clock is off",
  js_no_source: "has no source file",
};

/** What was set aside or changed while the event was read. Beside this list, each remark stands at its field. */
export function ProcessingNotes({ event }: { event: EventDetail }) {
  const [open, setOpen] = useState(false);
  if (event.errors.length === 0) {
    return null;
  }
  return (
    <div className={styles.notes}>
      <button type="button" className={styles.summary} aria-expanded={open} onClick={() => setOpen(!open)}>
        <IconNotes size={15} />
        {plural(event.errors.length, "note")} from reading this event
        <span className={styles.first}>{open ? "" : sentence(event.errors[0])}</span>
      </button>
      {open && (
        <ul className={styles.list}>
          {event.errors.map((note, index) => (
            <li key={index}>
              {sentence(note)}
              {note.data?.value !== undefined && note.data.value !== null && (
                <code className={styles.value}>{JSON.stringify(note.data.value)}</code>
              )}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

function sentence(note: ProcessingNote | undefined): string {
  if (!note) {
    return "";
  }
  // A note that is about no field speaks for itself.
  if (note.data?.name === undefined && note.message) {
    return note.message;
  }
  const field = typeof note.data?.name === "string" ? note.data.name : "A field";
  const reason = reasonOf(note.data ?? {});
  return `${field} ${sentences[note.type] ?? note.message ?? note.type.replaceAll("_", " ")}${reason}`;
}

/** Words, or what the two clocks said. */
function reasonOf({ reason, sdk_time: theirs, server_time: ours }: Record<string, unknown>): string {
  if (typeof theirs === "string" && typeof ours === "string") {
    return ` (it said ${theirs.slice(0, 19)}, ours said ${ours.slice(0, 19)})`;
  }
  return typeof reason === "string" ? ` (${reason})` : "";
}
