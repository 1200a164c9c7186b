import { useMemo } from "react";
import type { TraceSummary } from "../api/traceShapes";
import { RowList } from "../design/list/RowList";
import type { MoreRows } from "../design/list/usePagedRows";
import { TraceRow } from "./TraceRow";
import styles from "./TraceTable.module.css";
import { useServiceColours } from "./useServiceColours";

interface TraceTableProps {
  org: string;
  rows: readonly TraceSummary[];
  cursor: number;
  more: MoreRows;
}

export function TraceTable({ org, rows, cursor, more }: TraceTableProps) {
  const projects = useMemo(() => rows.flatMap((row) => row.projects), [rows]);
  const colours = useServiceColours(org, projects);
  const longest = rows.reduce((most, row) => Math.max(most, row.duration), 0.001);
  return (
    <RowList
      label="Traces"
      className={styles.table}
      rows={rows}
      keyOf={(trace) => trace.trace_id}
      cursor={cursor}
      more={more}
      head={
        <>
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
          <span role="columnheader" className={styles.id}>
            Trace
          </span>
        </>
      }
    >
      {(trace, place) => (
        <TraceRow org={org} trace={trace} colours={colours} share={trace.duration / longest} {...place} />
      )}
    </RowList>
  );
}
