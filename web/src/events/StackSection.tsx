import type { EventDetail, ExceptionValue } from "../api/eventShapes";
import { CopyButton } from "../design/Copy";
import { Segments } from "../design/Segments";
import { ExceptionBlock } from "./ExceptionBlock";
import { entryOf, exceptionsOf } from "./entries";
import { Section } from "./Section";
import styles from "./StackSection.module.css";
import { bareException, stackAsMarkdown, stackAsText } from "./stackText";
import { type StackMode, useStackMode } from "./useStackMode";

const modes: { value: StackMode; label: string }[] = [
  { value: "app", label: "App" },
  { value: "all", label: "All frames" },
  { value: "raw", label: "Raw" },
];

/** The heart of the page: the thrown exception, its causes after it, each with its frames. */
export function StackSection({ event }: { event: EventDetail }) {
  const [mode, setMode] = useStackMode();
  const exceptions = exceptionsOf(event);
  const bare = entryOf(event, "stacktrace");
  if (exceptions.length === 0 && !bare) {
    return null;
  }
  return (
    <Section
      id="stack"
      title="Stack trace"
      note={exceptions.length > 1 ? `${exceptions.length} exceptions, the thrown one first` : undefined}
      actions={
        <div className={styles.actions}>
          <CopyButton text={() => stackAsText(event)} what="Text" />
          <CopyButton text={() => stackAsMarkdown(event)} what="Markdown" />
          <Segments
            aria-label="Which frames"
            data={modes}
            value={mode}
            onChange={(value) => setMode(value as StackMode)}
          />
        </div>
      }
    >
      {exceptions.map(({ exception, meta }, index) => (
        <ExceptionBlock
          key={index}
          exception={exception}
          meta={meta}
          mode={mode}
          platform={event.platform}
          part={
            index === 0
              ? "thrown"
              : exception.mechanism?.parent_id !== undefined && groupOf(exceptions, exception)
                ? "member"
                : "cause"
          }
        />
      ))}
      {exceptions.length === 0 && bare && (
        <ExceptionBlock
          exception={bareException(null, bare.data)}
          meta={bare.meta && { stacktrace: bare.meta }}
          mode={mode}
          platform={event.platform}
          part="thrown"
        />
      )}
    </Section>
  );
}

/** Whether the parent of an exception is a group, as an AggregateError is: then it is a member, not a cause. */
function groupOf(all: ReturnType<typeof exceptionsOf>, exception: ExceptionValue): boolean {
  const parent = exception.mechanism?.parent_id;
  return all.some(
    ({ exception: one }) => one.mechanism?.exception_id === parent && one.mechanism?.is_exception_group === true,
  );
}
