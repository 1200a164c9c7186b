import type { EventDetail } from "../api/eventShapes";
import { bytes, duration, moment } from "../design/format";
import { KeyValues } from "./KeyValues";
import { Section } from "./Section";

/** Who sent the event, when, and how it was grouped. */
export function OriginSection({ event }: { event: EventDetail }) {
  const created = new Date(event.dateCreated);
  const received = new Date(event.dateReceived);
  const late = received.getTime() - created.getTime();
  const rows: [string, unknown][] = [
    ["event id", event.eventID],
    ["happened", moment(created)],
    ["received", `${moment(received)}${late > 1000 ? `, ${duration(late)} later` : ""}`],
    ["SDK", event.sdk ? `${event.sdk.name ?? "unknown"} ${event.sdk.version ?? ""}` : "not named"],
    ["platform", event.platform ?? "other"],
    ["dist", event.dist],
    ["fingerprint", event.fingerprints.join(", ")],
    ["grouping", event.grouping],
    ["size", bytes(event.size)],
  ];
  return (
    <Section id="origin" title="SDK and grouping" folded>
      <KeyValues rows={rows.filter(([, value]) => value !== null && value !== undefined && value !== "")} />
    </Section>
  );
}
