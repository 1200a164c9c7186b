import { Select } from "@mantine/core";
import { useState } from "react";
import type { EventDetail, ThreadValue } from "../api/eventShapes";
import { entryOf } from "./entries";
import { FrameList } from "./FrameList";
import { metaOf } from "./meta";
import { Section } from "./Section";
import styles from "./ThreadSection.module.css";

/** The threads of the process; the crashed or current one first in sight. */
export function ThreadSection({ event }: { event: EventDetail }) {
  const entry = entryOf(event, "threads");
  const threads = entry?.data.values ?? [];
  const first = Math.max(
    0,
    threads.findIndex((thread) => thread.crashed),
    threads.findIndex((thread) => thread.current),
  );
  const [chosen, setChosen] = useState(String(first));
  const thread = threads[Number(chosen)];
  if (!thread) {
    return null;
  }
  return (
    <Section id="threads" title="Threads" note={threads.length} folded={threads.length < 2}>
      <Select
        aria-label="Thread"
        w={320}
        maw="100%"
        mb={8}
        data={threads.map((one, index) => ({ value: String(index), label: threadName(one) }))}
        value={chosen}
        onChange={(value) => setChosen(value ?? "0")}
      />
      {thread.stacktrace?.frames?.length ? (
        <FrameList
          key={chosen}
          stack={thread.stacktrace}
          meta={metaOf(entry?.meta, "values", Number(chosen), "stacktrace")}
          fold
        />
      ) : (
        <p className={styles.none}>
          No stack was sent for this thread{thread.crashed ? "; it is the one of the exception above" : ""}.
        </p>
      )}
    </Section>
  );
}

function threadName(thread: ThreadValue): string {
  const marks = [thread.crashed && "crashed", thread.current && "current", thread.state].filter(Boolean).join(", ");
  return `${thread.name || "Thread"} ${thread.id ?? ""}${marks ? ` (${marks})` : ""}`;
}
