import type { Issue } from "../api/shapes";
import { RowList } from "../design/list/RowList";
import type { MoreRows } from "../design/list/usePagedRows";
import { IssueRow } from "./IssueRow";
import styles from "./IssueTable.module.css";
import type { Trend } from "./listSearch";
import type { IssueChange } from "./useIssueActions";
import { useIssueHref } from "./useIssueHref";

interface IssueTableProps {
  org: string;
  rows: readonly Issue[];
  trend: Trend;
  cursor: number;
  selected: ReadonlySet<string>;
  toggle: (id: string) => void;
  change: (issue: Issue, change: IssueChange, done: string) => void;
  assign: (issue: Issue) => void;
  open: (id: string) => void;
  more: MoreRows;
}

export function IssueTable({
  org,
  rows,
  trend,
  cursor,
  selected,
  toggle,
  change,
  assign,
  open,
  more,
}: IssueTableProps) {
  const hrefOf = useIssueHref(org);
  return (
    <RowList
      label="Issues"
      className={styles.table}
      rows={rows}
      keyOf={(issue) => issue.id}
      cursor={cursor}
      more={more}
      head={
        <>
          <span role="columnheader">
            <span className="unseen">Select</span>
          </span>
          <span role="columnheader">Issue</span>
          <span role="columnheader">Short id</span>
          <span role="columnheader" className={styles.trend}>
            {trend === "24h" ? "Last 24 hours" : "Last 14 days"}
          </span>
          <span role="columnheader" className={styles.number}>
            Events
          </span>
          <span role="columnheader" className={styles.number}>
            Users
          </span>
          <span role="columnheader" className={styles.number} title="Last seen / first seen">
            Seen / age
          </span>
          <span role="columnheader" className={styles.priority}>
            Priority
          </span>
          <span role="columnheader">
            <span className="unseen">Assigned to</span>
          </span>
        </>
      }
    >
      {(issue, place) => (
        <IssueRow
          issue={issue}
          href={hrefOf(issue.id)}
          open={open}
          trend={trend}
          {...place}
          selected={selected.has(issue.id)}
          toggle={toggle}
          change={change}
          assign={assign}
        />
      )}
    </RowList>
  );
}
