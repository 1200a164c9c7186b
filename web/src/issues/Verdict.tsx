import { useQuery } from "@tanstack/react-query";
import { useSearch } from "@tanstack/react-router";
import type { EventDetail } from "../api/eventShapes";
import type { IssueDetail } from "../api/shapes";
import { Ago } from "../design/Ago";
import { useNow } from "../design/clock";
import { plural } from "../design/format";
import { topFrame } from "../events/entries";
import { codeLine, functionName, placeOf } from "../events/frames";
import { issueStatsQuery } from "./issueQueries";
import { trendText } from "./trend";
import styles from "./Verdict.module.css";

interface VerdictProps {
  org: string;
  issue: IssueDetail;
  event: EventDetail | undefined;
}

/** The issue in one breath: where, since when, how many, where it is going, who has it. */
export function Verdict({ org, issue, event }: VerdictProps) {
  const { environment } = useSearch({ from: "/inside/organizations/$org" });
  // The trend speaks about the last days, whatever time the page is set to.
  const stats = useQuery(issueStatsQuery(org, issue.id, { environment, statsPeriod: "14d" }));
  const now = useNow() / 1000;
  const frame = event && topFrame(event);
  const code = frame && codeLine(frame);
  const trend = stats.data && trendText(stats.data.events, now, Date.parse(issue.firstSeen) / 1000);

  return (
    <div className={styles.verdict}>
      {frame && (
        <div className={styles.where}>
          <a href="#stack" className={styles.place}>
            {functionName(frame)} in {placeOf(frame)}
          </a>
          {code && <code className={styles.code}>{code}</code>}
        </div>
      )}
      {!frame && issue.culprit && <div className={styles.where}>{issue.culprit}</div>}
      <ul className={styles.facts}>
        <li>
          since{" "}
          {issue.firstRelease ? (
            <b title={issue.firstRelease.version}>{issue.firstRelease.shortVersion}</b>
          ) : (
            "the first event"
          )}
          , <Ago at={issue.firstSeen} suffix=" ago" />
        </li>
        <li>
          <b>{plural(issue.userCount, "user")}</b>, {plural(Number(issue.count), "event")}
        </li>
        {trend && <li>{trend}</li>}
        <li>{issue.assignedTo ? `with ${issue.assignedTo.name}` : "nobody has it"}</li>
      </ul>
    </div>
  );
}
