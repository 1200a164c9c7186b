import type { Issue } from "../api/shapes";
import styles from "./IssueMarks.module.css";

const marks: Record<string, [label: string, title: string]> = {
  new: ["new", "First seen lately"],
  regressed: ["regressed", "Came back after it was resolved"],
  escalating: ["escalating", "Much more than usual"],
};

/** Short words for what sets an issue apart; each has a word, never colour alone. */
export function IssueMarks({
  issue,
}: {
  issue: Pick<Issue, "status" | "substatus" | "isUnhandled" | "firstReleaseVersion">;
}) {
  const mark = issue.substatus ? marks[issue.substatus] : undefined;
  return (
    <span className={styles.marks}>
      {issue.status === "resolved" && <span data-mark="resolved">resolved</span>}
      {issue.status === "ignored" && <span data-mark="archived">archived</span>}
      {issue.status === "unresolved" && mark && (
        <span
          data-mark={issue.substatus}
          title={
            issue.substatus === "new" && issue.firstReleaseVersion ? `New in ${issue.firstReleaseVersion}` : mark[1]
          }
        >
          {mark[0]}
        </span>
      )}
      {issue.isUnhandled && (
        <span data-mark="unhandled" title="No code caught this error">
          unhandled
        </span>
      )}
    </span>
  );
}
