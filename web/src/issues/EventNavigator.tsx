import { IconChevronLeft, IconChevronRight } from "@tabler/icons-react";
import type { EventDetail } from "../api/eventShapes";
import { Ago } from "../design/Ago";
import { CopyIcon } from "../design/Copy";
import { moment } from "../design/format";
import { IconButton } from "../design/IconButton";
import { useShownParts } from "../events/shownParts";
import styles from "./EventNavigator.module.css";

interface EventNavigatorProps {
  event: EventDetail | undefined;
  /** What the URL asks for; undefined is the recommended one. */
  chosen: string | undefined;
  /** The shown event is the one before; the asked one is on its way. */
  stale: boolean;
  newer: number;
  showNewer: () => void;
  goTo: (event: string | null | undefined) => void;
}

const parts: [id: string, label: string][] = [
  ["evidence", "Evidence"],
  ["stack", "Stack"],
  ["trace", "Trace"],
  ["breadcrumbs", "Breadcrumbs"],
  ["request", "Request"],
  ["tags", "Tags"],
  ["contexts", "Contexts"],
  ["json", "JSON"],
];

/** Stays in sight while one reads: which event this is, the way to its neighbours, and to the parts of the page. */
export function EventNavigator({ event, chosen, stale, newer, showNewer, goTo }: EventNavigatorProps) {
  const shown = useShownParts();
  return (
    <div className={styles.bar} aria-busy={stale}>
      <div className={styles.step}>
        <IconButton
          size={26}
          aria-label="Older event"
          title="Older event  ["
          disabled={!event?.previousEventID}
          onClick={() => goTo(event?.previousEventID)}
        >
          <IconChevronLeft size={17} />
        </IconButton>
        <IconButton
          size={26}
          aria-label="Newer event"
          title="Newer event  ]"
          disabled={!event?.nextEventID}
          onClick={() => goTo(event?.nextEventID)}
        >
          <IconChevronRight size={17} />
        </IconButton>
      </div>
      <div className={styles.choice}>
        <button type="button" aria-pressed={chosen === undefined} onClick={() => goTo("recommended")}>
          Recommended
        </button>
        <button type="button" aria-pressed={chosen === "oldest"} onClick={() => goTo("oldest")}>
          First
        </button>
        <button type="button" aria-pressed={chosen === "latest"} onClick={() => goTo("latest")}>
          Latest
        </button>
      </div>
      {event && (
        <span className={styles.which}>
          <code title={event.eventID}>{event.eventID.slice(0, 8)}</code>
          <CopyIcon text={event.eventID} what="the event id" />
          <span className={styles.when} title={moment(new Date(event.dateCreated))}>
            <Ago at={event.dateCreated} suffix=" ago" />
          </span>
        </span>
      )}
      {newer > 0 && (
        <button type="button" className={styles.newer} onClick={showNewer}>
          {newer} newer – show
        </button>
      )}
      <nav className={styles.parts} aria-label="Parts of the event">
        {parts
          .filter(([id]) => shown.includes(id))
          .map(([id, label]) => (
            <a key={id} href={`#${id}`}>
              {label}
            </a>
          ))}
      </nav>
    </div>
  );
}
