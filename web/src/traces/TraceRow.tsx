import { IconAlertCircleFilled } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import type { TraceSummary } from "../api/traceShapes";
import { Ago } from "../design/Ago";
import { Count } from "../design/Count";
import { duration, nounFor, plural } from "../design/format";
import { ListRow } from "../design/list/ListRow";
import type { RowPlace } from "../design/list/RowList";
import { SampledMark } from "../design/SampledMark";
import { keepScope } from "../shell/scope";
import styles from "./TraceTable.module.css";

interface TraceRowProps extends RowPlace {
  org: string;
  trace: TraceSummary;
  colours: ReadonlyMap<string, string>;
  /** Of the longest duration in the list. */
  share: number;
}

export function TraceRow({ org, trace, colours, share, top, index, current }: TraceRowProps) {
  const { root } = trace;
  return (
    <ListRow className={styles.row} top={top} index={index} current={current} data-failed={trace.errors > 0}>
      <span role="cell" className={styles.what}>
        <Link
          to="/organizations/$org/traces/$traceId"
          params={{ org, traceId: trace.trace_id }}
          search={keepScope}
          className={styles.link}
          preload={false}
        >
          {root?.op && root.op !== "default" && <span className={styles.op}>{root.op}</span>}
          {root?.transaction ?? (root ? "(no name)" : "Its root has not come")}
        </Link>
        {trace.sampled && <SampledMark kept />}
      </span>
      <span role="cell" className={styles.projects} title={trace.projects.join(", ")}>
        {trace.projects.slice(0, 3).map((project) => (
          <span key={project} className={styles.project} style={{ "--lane": colours.get(project) }}>
            {project}
          </span>
        ))}
        {trace.projects.length > 3 && `+${trace.projects.length - 3}`}
      </span>
      <span role="cell" className={styles.duration}>
        <span className={styles.track}>
          <span
            className={styles.bar}
            style={{
              width: `${Math.max(1.5, share * 100)}%`,
              "--lane": colours.get(root?.project ?? trace.projects[0] ?? ""),
            }}
          />
        </span>
        <span title={`${trace.duration.toFixed(3)} ms`}>{duration(trace.duration)}</span>
      </span>
      <span role="cell" className={styles.number} data-noun={nounFor(trace.spans, "span")}>
        <Count value={trace.spans} />
      </span>
      <span role="cell" className={styles.errors}>
        {trace.errors > 0 && (
          <span className={styles.error} title={plural(trace.errors, "error")}>
            <IconAlertCircleFilled size={14} /> <Count value={trace.errors} />
          </span>
        )}
      </span>
      <span role="cell" className={styles.number}>
        <Ago at={new Date(trace.start * 1000).toISOString()} />
      </span>
      <code role="cell" className={styles.id} title={trace.trace_id}>
        {trace.trace_id.slice(0, 8)}
      </code>
    </ListRow>
  );
}
