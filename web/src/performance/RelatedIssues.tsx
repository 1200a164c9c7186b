import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Ago } from "../design/Ago";
import { Count } from "../design/Count";
import { PartialNotice } from "../design/PartialNotice";
import { IssueMarks } from "../issues/IssueMarks";
import { IssueTitle } from "../issues/IssueTitle";
import { term } from "../search/searchTokens";
import { keepScope } from "../shell/scope";
import { Part } from "./Part";
import { relatedIssuesQuery } from "./performanceQueries";
import type { TransactionSearch } from "./performanceSearch";
import rows from "./Rows.module.css";

export function RelatedIssues({ org, search }: { org: string; search: TransactionSearch }) {
  const issues = useQuery(relatedIssuesQuery(org, search));
  return (
    <Part
      title="Related issues"
      action={
        <Link
          to="/organizations/$org/issues"
          params={{ org }}
          search={(old) => ({ ...keepScope(old), query: `is:unresolved ${term("transaction", search.transaction)}` })}
        >
          All in the issue list
        </Link>
      }
      query={issues}
      rows={3}
      isEmpty={(all) => all.rows.length === 0 && !all.partial}
      empty="No unresolved issue was seen in this transaction."
    >
      {({ rows: all, partial }) => (
        <div className={rows.scroll}>
          <PartialNotice partial={partial} />
          <table className={rows.table}>
            <thead>
              <tr>
                <th className={rows.wide}>Issue</th>
                <th className={rows.extra}>Short id</th>
                <th className={rows.number} title="In this transaction and in traces of its newest runs, in this time">
                  Events here
                </th>
                <th className={rows.number} title="Users of these events">
                  Users here
                </th>
                <th className={rows.number} title="The last of these events">
                  Last seen here
                </th>
              </tr>
            </thead>
            <tbody>
              {all.map((issue) => (
                <tr key={issue.id}>
                  <td className={rows.wide}>
                    <div className={rows.line}>
                      <Link
                        to="/organizations/$org/issues/$issueId"
                        params={{ org, issueId: issue.id }}
                        search={keepScope}
                        className={rows.plain}
                      >
                        <IssueTitle issue={issue} />
                      </Link>
                      <IssueMarks issue={issue} />
                    </div>
                  </td>
                  <td className={`${rows.dim} ${rows.extra}`}>{issue.shortId}</td>
                  <td className={rows.number}>{issue.filtered && <Count value={Number(issue.filtered.count)} />}</td>
                  <td className={rows.number}>{issue.filtered && <Count value={issue.filtered.userCount} />}</td>
                  <td className={rows.number}>{issue.filtered && <Ago at={issue.filtered.lastSeen} />}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </Part>
  );
}
