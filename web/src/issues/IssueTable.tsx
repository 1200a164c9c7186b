import { useVirtualizer } from "@tanstack/react-virtual";
import { useEffect, useRef } from "react";
import type { Issue } from "../api/shapes";
import { useNarrow } from "../design/useNarrow";
import { IssueRow } from "./IssueRow";
import styles from "./IssueTable.module.css";
import type { Trend } from "./listSearch";
import type { IssueChange } from "./useIssueActions";

interface IssueTableProps {
  org: string;
  rows: readonly Issue[];
  trend: Trend;
  cursor: number;
  selected: ReadonlySet<string>;
  toggle: (id: string) => void;
  change: (issue: Issue, change: IssueChange, done: string) => void;
  assign: (issue: Issue) => void;
  /** Fetches the next page; absent while one is coming or none is left. */
  more: (() => void) | undefined;
}

export function IssueTable({ org, rows, trend, cursor, selected, toggle, change, assign, more }: IssueTableProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const narrow = useNarrow();
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => (narrow ? 58 : 36),
    getItemKey: (index) => rows[index]?.id ?? index,
    overscan: 12,
  });
  const items = virtual.getVirtualItems();
  const last = items.at(-1)?.index ?? 0;

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
    <div ref={scroller} className={styles.scroller} role="table" aria-label="Issues" aria-rowcount={rows.length}>
      <div className={styles.head} role="row">
        <span role="columnheader">
          <span className="unseen">Select</span>
        </span>
        <span role="columnheader" className={styles.first}>
          Issue
        </span>
        <span role="columnheader">Short id</span>
        <span role="columnheader">{trend === "24h" ? "Last 24 hours" : "Last 14 days"}</span>
        <span role="columnheader" className={styles.number}>
          Events
        </span>
        <span role="columnheader" className={styles.number}>
          Users
        </span>
        <span role="columnheader" className={styles.number} title="Last seen / first seen">
          Seen / age
        </span>
        <span role="columnheader">Priority</span>
        <span role="columnheader">
          <span className="unseen">Assigned to</span>
        </span>
      </div>
      <div role="rowgroup" className={styles.rows} style={{ height: virtual.getTotalSize() }}>
        {items.map((item) => {
          const issue = rows[item.index];
          return (
            issue && (
              <IssueRow
                key={item.key}
                org={org}
                issue={issue}
                trend={trend}
                top={item.start}
                current={item.index === cursor}
                selected={selected.has(issue.id)}
                toggle={toggle}
                change={change}
                assign={assign}
              />
            )
          );
        })}
      </div>
    </div>
  );
}
