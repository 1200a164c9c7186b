import type { EventDetail } from "../api/eventShapes";
import { evidenceOf } from "./evidence";
import { KeyValues } from "./KeyValues";
import { Section } from "./Section";

/** Why there is this event: what was measured, and against which threshold. */
export function EvidenceSection({ event }: { event: EventDetail }) {
  const lines = evidenceOf(event.occurrence);
  return lines.length === 0 ? null : (
    <Section id="evidence" title="Evidence">
      <KeyValues rows={lines} />
    </Section>
  );
}
