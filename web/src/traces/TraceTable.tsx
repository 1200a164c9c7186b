import { IconAlertCircleFilled } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { useVirtualizer } from "@tanstack/react-virtual";
import { useEffect, useMemo, useRef } from "react";
import type { TraceSummary } from "../api/traceShapes";
import { Ago } from "../design/Ago";
import { Count } from "../design/Count";
import { duration, plural } from "../design/format";
import { SampledMark } from "../design/SampledMark";
import { useNarrow } from "../design/useNarrow";
import { keepScope } from "../shell/scope";
import styles from "./TraceTable.module.css";
import { useServiceColours } from "./useServiceColours";

interface TraceTableProps {
  org: string;
  rows: readonly TraceSummary[];
  cursor: number;
  /** Fetches the next page; absent while one is coming or none is left. */
  more: (() => void) | undefined;
}

export function TraceTable({ org, rows, cursor, more }: TraceTableProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const narrow = useNarrow();
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => (narrow ? 58 : 36),
    getItemKey: (index) => rows[index]?.trace_id ?? index,
    overscan: 12,
  });
  const projects = useMemo(() => rows.flatMap((row) => row.projects), [rows]);
  const colours = useServiceColours(org, projects);
  const items = virtual.getVirtualItems();
  const last = items.at(-1)?.index ?? 0;
  const longest = rows.reduce((most, row) => Math.max(most, row.duration), 0.001);

  useEffect(() => {
    if (more && last >= rows.length - 15) {
      more();
    }
  }, [more, last, rows.length]);

  useEffect(() => {
    if (cursor >= 0) {
      virtual.scrollToIndex(cursor, { align: "auto" });
    }
  }, [cursor, virtual]);

  return (
    <div ref={scroller} className={styles.scroller} role="table" aria-label="Traces" aria-rowcount={rows.length}>
      <div className={styles.head} role="row">
        <span role="columnheader">Root</span>
        <span role="columnheader">Projects</span>
        <span role="columnheader">Duration</span>
        <span role="columnheader" className={styles.number}>
          Spans
        </span>
        <span role="columnheader" className={styles.number}>
          Errors
        </span>
        <span role="columnheader" className={styles.number}>
          Started
        </span>
        <span role="columnheader">Trace</span>
      </div>
      <div role="rowgroup" className={styles.rows} style={{ height: virtual.getTotalSize() }}>
        {items.map((item) => {
          const trace = rows[item.index];
          return (
            trace && (
              <TraceRow
                key={item.key}
                org={org}
                trace={trace}
                colours={colours}
                share={trace.duration / longest}
                top={item.start}
                current={item.index === cursor}
              />
            )
          );
        })}
      </div>
    </div>
  );
}

interface TraceRowProps {
  org: string;
  trace: TraceSummary;
  colours: ReadonlyMap<string, string>;
  /** Of the longest duration in the list. */
  share: number;
  top: number;
  current: boolean;
}

function TraceRow({ org, trace, colours, share, top, current }: TraceRowProps) {
  const { root } = trace;
  return (
    <div
      className={styles.row}
      role="row"
      data-current={current}
      data-failed={trace.errors > 0}
      style={{ transform: `translateY(${top}px)` }}
    >
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
      <span role="cell" className={styles.number} data-name="spans">
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
    </div>
  );
}
