import type { PipelineState } from "../api/shapes";
import { bytes, duration, shortNumber } from "../design/format";
import table from "../settings/Table.module.css";
import page from "./PipelinePage.module.css";
import styles from "./StageSection.module.css";

const stageWords: Record<string, string> = {
  journal: "Journal: received and safe on disk",
  worker: "Worker: from the journal into the stores",
};

/** Where records wait, and how long each step of the worker takes. */
export function StageSection({ state }: { state: PipelineState }) {
  const slowest = Math.max(1, ...state.steps.map((step) => step.p95Milliseconds));
  return (
    <section className={page.section}>
      <h2 className={page.title}>
        Stages <span className={page.note}>over the last minute</span>
      </h2>
      <div className={table.scroll}>
        <table className={table.table}>
          <thead>
            <tr>
              <th>Stage</th>
              <th>Records</th>
              <th>Bytes</th>
              <th>Before it</th>
              <th>Oldest</th>
            </tr>
          </thead>
          <tbody>
            {state.stages.map((stage) => (
              <tr key={stage.name}>
                <td>{stageWords[stage.name] ?? stage.name}</td>
                <td>{shortNumber(stage.ratePerSecond)}/s</td>
                <td>{bytes(stage.bytesPerSecond)}/s</td>
                <td>{bytes(stage.lagBytes)}</td>
                <td>{stage.oldestSeconds > 0 ? duration(stage.oldestSeconds * 1000) : "none waits"}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <ol className={styles.steps} aria-label="Steps of the worker">
        {state.steps.map((step) => (
          <li
            key={step.name}
            className={styles.step}
            data-running={step.isRunning}
            data-failing={state.failure?.step === step.name}
          >
            <span className={styles.name}>{step.name.replaceAll("_", " ")}</span>
            <span className={styles.bar} style={{ "--share": `${(step.p95Milliseconds / slowest) * 100}%` }} />
            <span className={styles.time} title="Median and 95th percentile per batch">
              {duration(step.p50Milliseconds)} / {duration(step.p95Milliseconds)}
            </span>
          </li>
        ))}
      </ol>
    </section>
  );
}
