import { Link } from "@tanstack/react-router";
import type { IssueDetail } from "../api/shapes";
import { shortNumber } from "../design/format";
import styles from "./IssueTabs.module.css";
import type { IssueSearch } from "./issueSearch";

export function IssueTabs({ issue }: { issue: IssueDetail }) {
  const tabs: [IssueSearch["tab"], string, string?][] = [
    [undefined, "Event"],
    ["events", "All events", shortNumber(Number(issue.count))],
    ["tags", "Tags"],
    ["activity", "Activity", issue.numComments > 0 ? shortNumber(issue.numComments) : undefined],
  ];
  const numMerged = issue.numMerged ?? 0;
  if (numMerged > 0) {
    tabs.push(["merged", "Merged", shortNumber(numMerged)]);
  }
  return (
    <nav className={styles.tabs} aria-label="Parts of the issue">
      {tabs.map(([value, label, count]) => (
        <Link
          key={label}
          to="."
          search={(old) => ({ ...old, tab: value })}
          className={styles.tab}
          activeOptions={{ exact: true, includeSearch: true }}
        >
          {label}
          {count && <span className={styles.count}>{count}</span>}
        </Link>
      ))}
    </nav>
  );
}
