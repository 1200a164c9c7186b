import { useQuery } from "@tanstack/react-query";
import { Count } from "../design/Count";
import { bytes } from "../design/format";
import { Sparkline } from "../design/Sparkline";
import { Bones, Failure } from "../design/States";
import table from "../settings/Table.module.css";
import styles from "./OutcomeSection.module.css";
import { isBytes, isLoss, outcomeLines, outcomeWord } from "./outcomes";
import page from "./PipelinePage.module.css";
import { outcomesQuery } from "./pipelineQueries";

/** What became of every item: the sum of these lines is what was received. */
export function OutcomeSection({ org }: { org: string }) {
  const stats = useQuery(outcomesQuery(org));
  const lines = stats.data ? outcomeLines(stats.data) : [];
  return (
    <section className={page.section}>
      <h2 className={page.title}>
        What became of it <span className={page.note}>items of this organization, last 24 hours</span>
      </h2>
      {stats.isPending && <Bones rows={3} />}
      {stats.isError && (
        <Failure what="The outcomes could not be read" error={stats.error} retry={() => void stats.refetch()} />
      )}
      {stats.data && lines.length === 0 && <p className={table.dim}>Nothing came in.</p>}
      {lines.length > 0 && (
        <div className={table.scroll}>
          <table className={table.table}>
            <thead>
              <tr>
                <th>Outcome</th>
                <th>Reason</th>
                <th>Kind</th>
                <th className={styles.course}>Last 24 hours</th>
                <th>Items</th>
              </tr>
            </thead>
            <tbody>
              {lines.map((line) => (
                <tr key={`${line.outcome} ${line.reason} ${line.category}`}>
                  <td>
                    <span
                      className={styles.outcome}
                      data-loss={isLoss(line.outcome)}
                      data-stored={line.outcome === "accepted"}
                    >
                      {outcomeWord(line.outcome)}
                    </span>
                  </td>
                  <td className={table.small}>{line.reason}</td>
                  <td className={table.small}>{line.category}</td>
                  <td className={styles.course}>
                    <Sparkline
                      buckets={line.buckets}
                      label={`${outcomeWord(line.outcome)} ${line.reason}`}
                      noun="items"
                    />
                  </td>
                  <td>{isBytes(line.category) ? bytes(line.total) : <Count value={line.total} />}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}
