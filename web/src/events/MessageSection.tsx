import type { EventDetail } from "../api/eventShapes";
import { entryOf, exceptionsOf } from "./entries";
import styles from "./MessageSection.module.css";
import { metaOf } from "./meta";
import { RemarkMark } from "./RemarkMark";
import { Section } from "./Section";
import { ValueTree } from "./ValueTree";

/** The logged text, with its template and parameters when the client sent them apart. */
export function MessageSection({ event }: { event: EventDetail }) {
  const entry = entryOf(event, "message");
  const text = entry?.data.formatted || entry?.data.message || (exceptionsOf(event).length === 0 ? event.message : "");
  if (!text) {
    return null;
  }
  const template = entry?.data.message;
  const hasParams = entry?.data.params !== null && entry?.data.params !== undefined;
  return (
    <Section id="message" title="Message">
      <pre className={styles.text}>{text}</pre>
      <RemarkMark meta={metaOf(entry?.meta, "formatted")} />
      {template && template !== text && (
        <p className={styles.template}>
          Template: <code>{template}</code>
        </p>
      )}
      {hasParams && <ValueTree value={entry?.data.params} meta={metaOf(entry?.meta, "params")} open={1} />}
    </Section>
  );
}
