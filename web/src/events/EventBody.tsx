import type { EventDetail } from "../api/eventShapes";
import { EventTrace } from "../traces/EventTrace";
import { BreadcrumbSection } from "./BreadcrumbSection";
import { ContextSection } from "./ContextSection";
import styles from "./EventBody.module.css";
import { EvidenceSection } from "./EvidenceSection";
import { JsonSection } from "./JsonSection";
import { MessageSection } from "./MessageSection";
import { OriginSection } from "./OriginSection";
import { PackageSection } from "./PackageSection";
import { ProcessingNotes } from "./ProcessingNotes";
import { RequestSection } from "./RequestSection";
import { SecuritySection } from "./SecuritySection";
import { StackSection } from "./StackSection";
import { TagSection } from "./TagSection";
import { ThreadSection } from "./ThreadSection";

/** One event from what matters first to what is looked up rarely. Parts the event does not have are not there. */
export function EventBody({ org, project, event }: { org: string; project: string; event: EventDetail }) {
  return (
    // A new event starts with its own folds and filters.
    <div key={event.eventID}>
      {event.bodyMissing && <p className={styles.missing}>The body of this event is gone: {event.bodyMissing}</p>}
      <ProcessingNotes event={event} />
      <MessageSection event={event} />
      <EvidenceSection event={event} />
      <StackSection event={event} />
      <SecuritySection event={event} />
      <EventTrace org={org} event={event} />
      <BreadcrumbSection event={event} />
      <RequestSection event={event} />
      <TagSection org={org} event={event} />
      <ContextSection event={event} />
      <ThreadSection event={event} />
      <PackageSection event={event} />
      <OriginSection event={event} />
      <JsonSection org={org} project={project} eventId={event.eventID} />
    </div>
  );
}
