import type { PipelineState, StoredDay } from "../api/shapes";
import { bytes } from "../design/format";
import table from "../settings/Table.module.css";
import styles from "./DiskSection.module.css";
import page from "./PipelinePage.module.css";

/** What the data takes on disk, day by day, and which days are damaged. */
export function DiskSection({ state }: { state: PipelineState }) {
  const { disk, journal } = state;
  const share = (disk.usedBytes / Math.max(1, disk.usedBytes + disk.freeBytes)) * 100;
  const days = state.days.toReversed();
  const largest = Math.max(1, ...days.map((day) => day.telemetryBytes + day.payloadBytes));
  return (
    <section className={page.section}>
      <h2 className={page.title}>
        Disk{" "}
        <span className={page.note}>
          {bytes(disk.usedBytes)} used by Tocsin, {bytes(disk.freeBytes)} free, {bytes(disk.bytesPerDay)} a day; the
          journal holds {bytes(journal.bytesOnDisk)} in {journal.segments}{" "}
          {journal.segments === 1 ? "segment" : "segments"}
        </span>
      </h2>
      <div
        className={styles.disk}
        style={{ "--share": `${share}%` }}
        role="img"
        aria-label={`${Math.round(share)}% of the space is used by Tocsin`}
      />
      {days.length > 0 && (
        <div className={table.scroll}>
          <table className={table.table}>
            <thead>
              <tr>
                <th>Day</th>
                <th>Rows</th>
                <th>Bodies</th>
                <th>Size</th>
                <th>State</th>
              </tr>
            </thead>
            <tbody>
              {days.map((day) => (
                <tr key={day.day}>
                  <td>{day.day}</td>
                  <td>{bytes(day.telemetryBytes)}</td>
                  <td>{bytes(day.payloadBytes)}</td>
                  <td>
                    <span
                      className={styles.size}
                      style={{ "--share": `${((day.telemetryBytes + day.payloadBytes) / largest) * 100}%` }}
                    />
                  </td>
                  <td className={table.small}>
                    <DayState day={day} />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}

function DayState({ day }: { day: StoredDay }) {
  if (day.rebuild) {
    const percent = Math.round((day.rebuild.doneBytes / Math.max(1, day.rebuild.totalBytes)) * 100);
    return (
      <span className={styles.damage} title={day.damage ?? ""}>
        being made again from the bodies: {percent}% of {bytes(day.rebuild.totalBytes)}
      </span>
    );
  }
  return day.damage ? (
    <span className={styles.damage}>damaged, waits to be made again: {day.damage}</span>
  ) : day.isClosed ? (
    "closed"
  ) : (
    "open"
  );
}
