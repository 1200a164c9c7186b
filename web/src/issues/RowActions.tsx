import { IconArchive, IconCheck, IconUserPlus } from "@tabler/icons-react";
import type { Issue } from "../api/shapes";
import styles from "./IssueTable.module.css";
import type { IssueChange } from "./useIssueActions";

interface RowActionsProps {
  issue: Issue;
  change: (issue: Issue, change: IssueChange, done: string) => void;
  assign: (issue: Issue) => void;
}

/** What can be done with an issue without opening it; lies over the end of its title. */
export function RowActions({ issue, change, assign }: RowActionsProps) {
  return (
    <span className={styles.actions}>
      <button
        type="button"
        title="Resolve (E)"
        aria-label={`Resolve ${issue.shortId}`}
        onClick={() => change(issue, { status: "resolved", statusDetails: {} }, "resolved")}
      >
        <IconCheck size={16} />
      </button>
      <button
        type="button"
        title="Archive until it escalates (M)"
        aria-label={`Archive ${issue.shortId} until it escalates`}
        onClick={() =>
          change(issue, { status: "ignored", substatus: "archived_until_escalating" }, "archived until it escalates")
        }
      >
        <IconArchive size={16} />
      </button>
      <button type="button" title="Assign (A)" aria-label={`Assign ${issue.shortId}`} onClick={() => assign(issue)}>
        <IconUserPlus size={16} />
      </button>
    </span>
  );
}
