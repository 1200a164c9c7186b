import { IconMessage, IconUserCircle } from "@tabler/icons-react";
import { memo, useState } from "react";
import type { Issue } from "../api/shapes";
import { Ago } from "../design/Ago";
import { Avatar } from "../design/Avatar";
import { Count } from "../design/Count";
import { nounFor } from "../design/format";
import { ListRow } from "../design/list/ListRow";
import type { RowPlace } from "../design/list/RowList";
import { Sparkline } from "../design/Sparkline";
import { PlainLink } from "../shell/PlainLink";
import { IssueMarks } from "./IssueMarks";
import styles from "./IssueTable.module.css";
import { IssueTitle } from "./IssueTitle";
import type { Trend } from "./listSearch";
import { PriorityMark } from "./PriorityMark";
import { RowActions } from "./RowActions";
import type { IssueChange } from "./useIssueActions";

interface IssueRowProps extends RowPlace {
  issue: Issue;
  href: string;
  open: (id: string) => void;
  trend: Trend;
  selected: boolean;
  toggle: (id: string) => void;
  change: (issue: Issue, change: IssueChange, done: string) => void;
  assign: (issue: Issue) => void;
}

export const IssueRow = memo(function IssueRow({
  issue,
  href,
  open,
  trend,
  top,
  index,
  current,
  selected,
  toggle,
  change,
  assign,
}: IssueRowProps) {
  // Its buttons are made for the pointer or the keyboard that comes near; in every row they would be half the page.
  const [near, setNear] = useState(false);
  return (
    <ListRow
      onPointerEnter={() => setNear(true)}
      onFocus={() => setNear(true)}
      className={styles.row}
      top={top}
      index={index}
      current={current}
      data-level={issue.level}
      data-selected={selected}
      data-closed={issue.status !== "unresolved"}
    >
      <span role="cell">
        <label className={styles.check}>
          <input type="checkbox" checked={selected} onChange={() => toggle(issue.id)} />
          <span className="unseen">Select {issue.shortId}</span>
        </label>
      </span>
      <div className={styles.what} role="cell">
        <PlainLink href={href} open={() => open(issue.id)} className={styles.link}>
          <span className="unseen">{issue.level}: </span>
          <IssueTitle issue={issue} />
        </PlainLink>
        <IssueMarks issue={issue} />
        {issue.numComments > 0 && (
          <span className={styles.comments} title={`${issue.numComments} comments`}>
            <IconMessage size={13} /> {issue.numComments}
          </span>
        )}
        {near && <RowActions issue={issue} change={change} assign={assign} />}
      </div>
      <span className={styles.project} role="cell" title={issue.project.name}>
        {issue.shortId}
      </span>
      <span className={styles.trend} role="cell">
        <Sparkline buckets={issue.stats?.[trend] ?? []} label={trend === "24h" ? "Last 24 hours" : "Last 14 days"} />
      </span>
      <span className={styles.number} role="cell" data-noun={nounFor(Number(issue.count), "event")}>
        <Count value={Number(issue.count)} />
      </span>
      <span className={styles.number} role="cell" data-noun={nounFor(issue.userCount, "user")}>
        <Count value={issue.userCount} />
      </span>
      <span className={styles.seen} role="cell">
        <Ago at={issue.lastSeen} />
        <span className={styles.age}>
          <Ago at={issue.firstSeen} />
        </span>
      </span>
      <span className={styles.priority} role="cell">
        <PriorityMark priority={issue.priority} />
      </span>
      <span className={styles.assignee} role="cell">
        <button
          type="button"
          className={styles.assign}
          onClick={() => assign(issue)}
          title={issue.assignedTo?.name ?? "Assign"}
        >
          {issue.assignedTo ? (
            <Avatar name={issue.assignedTo.name} team={issue.assignedTo.type === "team"} size={22} />
          ) : (
            <IconUserCircle size={20} stroke={1.2} />
          )}
        </button>
      </span>
    </ListRow>
  );
});
