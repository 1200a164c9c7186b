import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Count } from "../design/Count";
import { duration, percent } from "../design/format";
import { term } from "../search/searchTokens";
import { keepScope } from "../shell/scope";
import { Part } from "./Part";
import { suspectSpansQuery } from "./performanceQueries";
import type { TransactionSearch } from "./performanceSearch";
import rows from "./Rows.module.css";

/** Where the time of all runs goes: the spans inside, by their own time. */
export function SuspectSpans({ org, search }: { org: string; search: TransactionSearch }) {
  const spans = useQuery(suspectSpansQuery(org, search));
  return (
    <Part
      title="Where the time goes"
      note="spans by their own time"
      query={spans}
      rows={8}
      isEmpty={(all) => all.length === 0}
      empty="No span inside this transaction is kept."
    >
      {(all) => (
        <div className={rows.scroll}>
          <table className={rows.table}>
            <thead>
              <tr>
                <th className={rows.wide}>Span</th>
                <th className={`${rows.number} ${rows.extra}`}>Count</th>
                <th className={rows.number}>Average</th>
                <th className={`${rows.number} ${rows.extra}`}>p95</th>
                <th className={rows.number}>Own time</th>
                <th className={rows.number}>Share</th>
              </tr>
            </thead>
            <tbody>
              {all.map((span) => (
                <tr key={`${span.op} ${span.group}`}>
                  <td className={rows.wide} title={span.description ?? undefined}>
                    <span className={rows.op}>{span.op}</span>
                    <Link
                      to="/organizations/$org/explore"
                      params={{ org }}
                      className={rows.mono}
                      search={(old) => ({
                        ...keepScope(old),
                        dataset: "spans" as const,
                        mode: "samples" as const,
                        query: `${term("transaction", search.transaction)} ${span.group ? term("span.group", span.group) : term("span.op", span.op)}`,
                      })}
                    >
                      {span.description || "(no description)"}
                    </Link>
                  </td>
                  <td className={`${rows.number} ${rows.extra}`}>
                    <Count value={span.count} />
                  </td>
                  <td className={rows.number}>{duration(span.avg)}</td>
                  <td className={`${rows.number} ${rows.extra}`}>{duration(span.p95)}</td>
                  <td className={rows.number}>{duration(span.self_time_total)}</td>
                  <td className={rows.share} style={{ "--share": span.share }}>
                    {percent(span.share)}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </Part>
  );
}
