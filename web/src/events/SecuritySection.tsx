import type { EventDetail } from "../api/eventShapes";
import { entryOf } from "./entries";
import { KeyValues } from "./KeyValues";
import { Section } from "./Section";

const kinds = [
  ["csp", "Report of a browser"],
  ["template", "Template"],
] as const;

/** What a browser reported, or the template that failed: fields as they came. */
export function SecuritySection({ event }: { event: EventDetail }) {
  return kinds.map(([type, title]) => {
    const entry = entryOf(event, type);
    return (
      entry && (
        <Section key={type} id={type} title={title}>
          <KeyValues rows={Object.entries(entry.data)} meta={entry.meta} />
        </Section>
      )
    );
  });
}
