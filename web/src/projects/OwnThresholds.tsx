import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { OwnThreshold, ProjectDetail } from "../api/shapes";
import { Ago } from "../design/Ago";
import { Button } from "../design/Button";
import { useNotice } from "../design/Notices";
import { Bones, Failure } from "../design/States";
import { ownThresholdFault } from "../performance/ownThresholdFault";
import { useOwnThreshold } from "../performance/useOwnThreshold";
import { SavedText } from "../settings/SavedText";
import table from "../settings/Table.module.css";
import { keepScope } from "../shell/scope";
import styles from "./OwnThresholds.module.css";
import { ownThresholdsQuery } from "./projectQueries";

interface OwnThresholdsProps {
  org: string;
  project: ProjectDetail;
  fixed: boolean;
}

/** The transactions that are counted by an apdex threshold of their own. */
export function OwnThresholds({ org, project, fixed }: OwnThresholdsProps) {
  const all = useQuery(ownThresholdsQuery(org, project.slug));
  return (
    <section className={styles.section} aria-labelledby="own-thresholds">
      <h2 id="own-thresholds" className={styles.title}>
        Transactions with an apdex threshold of their own
      </h2>
      <p className={styles.explain}>
        {all.data?.length === 0
          ? "None: all are counted by the project's. "
          : "They are not counted by the project's. "}
        The page of a transaction gives it one, beside its apdex.
      </p>
      {all.isPending && <Bones rows={2} height={38} />}
      {all.isError && <Failure what="They could not be read" error={all.error} retry={() => void all.refetch()} />}
      {all.data && all.data.length > 0 && (
        <div className={table.scroll}>
          <table className={table.table}>
            <thead>
              <tr>
                <th>Transaction</th>
                <th>Threshold</th>
                <th className={styles.changed}>Changed</th>
                <th>
                  <span className="unseen">What to do</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {all.data.map((one) => (
                <Line key={one.transaction} org={org} project={project.id} threshold={one} fixed={fixed} />
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}

interface LineProps {
  org: string;
  project: string;
  threshold: OwnThreshold;
  fixed: boolean;
}

function Line({ org, project, threshold: { transaction, threshold, dateUpdated }, fixed }: LineProps) {
  const put = useOwnThreshold(org);
  const notice = useNotice();
  const save = (milliseconds: number | null) => put({ project, transaction, own: Number(threshold) }, milliseconds);
  const remove = () => save(null).catch((error: Error) => notice({ text: error.message, tone: "error" }));
  return (
    <tr>
      <td className={styles.name}>
        <Link
          to="/organizations/$org/performance/summary"
          params={{ org }}
          search={(old) => ({ ...keepScope(old), project: [project], transaction })}
        >
          {transaction}
        </Link>
      </td>
      <td>
        <div className={styles.field}>
          <SavedText
            label={`Apdex threshold of ${transaction}`}
            field="threshold"
            disabled={fixed}
            value={threshold}
            fault={(typed) => (typed === threshold ? undefined : ownThresholdFault(typed))}
            save={(typed) => save(Number(typed))}
          />
          <span>ms</span>
        </div>
      </td>
      <td className={`${table.small} ${styles.changed}`}>{dateUpdated && <Ago at={dateUpdated} suffix=" ago" />}</td>
      <td>
        {!fixed && (
          <Button small aria-label={`Use the project's threshold for ${transaction}`} onClick={() => void remove()}>
            Use the project's
          </Button>
        )}
      </td>
    </tr>
  );
}
