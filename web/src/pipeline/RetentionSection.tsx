import { useQuery } from "@tanstack/react-query";
import type { DroppedRows, RetentionState } from "../api/shapes";
import { bytes, moment, plural } from "../design/format";
import table from "../settings/Table.module.css";
import page from "./PipelinePage.module.css";
import { retentionQuery } from "./pipelineQueries";

const reasons: Record<string, string> = {
  age: "kept as long as the settings say",
  budget: "the disk budget was exceeded",
};

/** How long data is kept, and what was dropped: never silently. */
export function RetentionSection() {
  const state = useQuery(retentionQuery);
  if (!state.data) {
    return null;
  }
  const { dropped, failure, current } = state.data;
  return (
    <section className={page.section}>
      <h2 className={page.title}>
        Kept <span className={page.note}>{rules(state.data)}</span>
      </h2>
      {current && (
        <p className={page.note}>
          Now: {current.step.replaceAll("_", " ")} of {current.day}
        </p>
      )}
      {failure && <p role="alert">Looking after the days failed and is tried again: {failure}</p>}
      {dropped.length > 0 && (
        <div className={table.scroll}>
          <table className={table.table}>
            <thead>
              <tr>
                <th>Day</th>
                <th>Dropped</th>
                <th>Why</th>
                <th>Freed</th>
                <th>When</th>
              </tr>
            </thead>
            <tbody>
              {dropped.map((entry) => (
                <Dropped key={`${entry.day} ${entry.rows.join()}`} entry={entry} />
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}

function Dropped({ entry }: { entry: DroppedRows }) {
  return (
    <tr>
      <td>{entry.day}</td>
      <td>{entry.rows.join(", ")}</td>
      <td>{reasons[entry.reason] ?? entry.reason}</td>
      <td>{entry.dateFinished ? bytes(entry.bytes) : ""}</td>
      <td className={table.small}>{entry.dateFinished ? moment(new Date(entry.dateFinished)) : "being dropped"}</td>
    </tr>
  );
}

function rules(state: RetentionState) {
  const kept = [
    `errors ${span(state.errorDays)}`,
    `spans ${span(state.spanDays)}`,
    `unprocessed items ${span(state.quarantineDays)}`,
  ].join(", ");
  if (state.budgetBytes === null) {
    return `${kept}; no disk budget is set`;
  }
  const used = `${bytes(state.usedBytes)} of the ${bytes(state.budgetBytes)} budget used`;
  return state.isOverBudget ? `${kept}; ${used}: today alone exceeds it` : `${kept}; ${used}`;
}

const span = (days: number | null) => (days === null ? "for ever" : plural(days, "day"));
