import type { PipelineState } from "../api/shapes";
import { Ago } from "../design/Ago";
import { bytes, duration, plural } from "../design/format";
import styles from "./PipelineVerdict.module.css";

const words: Record<PipelineState["status"], string> = {
  working: "Everything that was accepted is being stored",
  idle: "Everything that was accepted is stored",
  failing: "A step fails and is tried again; nothing is lost meanwhile",
  stuck: "Nothing moves",
};

/** The state in one line, and below it only what somebody has to know. */
export function PipelineVerdict({ state, stale }: { state: PipelineState; stale: boolean }) {
  const { failure, journal, disk } = state;
  const oldest = Math.max(0, ...state.stages.map((stage) => stage.oldestSeconds));
  const rebuilding = state.days.filter((day) => day.damage || day.rebuild);
  return (
    <header className={styles.verdict} data-status={journal.refusing ? "stuck" : state.status}>
      <h1 className={styles.title}>
        <span className={styles.light} />
        {journal.refusing ? "Clients are being refused" : words[state.status]}
      </h1>
      <ul className={styles.facts}>
        {oldest > 5 && <li>the oldest record has waited {duration(oldest * 1000)}</li>}
        <li>{bytes(disk.freeBytes)} free</li>
        {disk.daysLeft !== null && (
          <li>enough for {disk.daysLeft > 730 ? "more than two years" : plural(Math.floor(disk.daysLeft), "day")}</li>
        )}
        {state.quarantined > 0 && <li>{plural(state.quarantined, "item")} in quarantine</li>}
        {rebuilding.length > 0 && <li>{plural(rebuilding.length, "day")} being made again</li>}
      </ul>
      {journal.refusing && (
        <p className={styles.trouble}>
          The journal takes nothing now: {journal.refusing}. Clients get a 503 and send again later.
        </p>
      )}
      {failure && (
        <p className={styles.trouble}>
          The step {failure.step} has failed since <Ago at={failure.since} suffix=" ago" />: {failure.error}
        </p>
      )}
      {state.metadataDamage && (
        <p className={styles.trouble}>
          The metadata database is damaged: {state.metadataDamage}. Stop the server and restore metadata.db from a copy.
        </p>
      )}
      {journal.lostBytes > 0 && (
        <p className={styles.trouble}>
          {bytes(journal.lostBytes)} of the journal were damaged on disk and had to be passed over.
        </p>
      )}
      {stale && <p className={styles.trouble}>The server does not answer now; this is the last state it told.</p>}
    </header>
  );
}
