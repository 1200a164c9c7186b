import { useQuery } from "@tanstack/react-query";
import { Count } from "../design/Count";
import { duration, percent } from "../design/format";
import { PartialNotice } from "../design/PartialNotice";
import { SampledMark } from "../design/SampledMark";
import { Part } from "./Part";
import { suspectSpansQuery } from "./performanceQueries";
import type { TransactionSearch } from "./performanceSearch";
import rows from "./Rows.module.css";
import { SpanName } from "./SpanName";

/** Where the time of all runs goes: the spans inside, by their own time. */
export function SuspectSpans({ org, search }: { org: string; search: TransactionSearch }) {
  const spans = useQuery(suspectSpansQuery(org, search));
  return (
    <Part
      title="Where the time goes"
      note="spans by their own time"
      action={spans.data?.sampled && <SampledMark />}
      query={spans}
      rows={8}
      isEmpty={(all) => all.rows.length === 0 && !all.partial}
      empty="No span inside this transaction is kept."
    >
      {({ rows: all, partial }) => (
        <>
          <PartialNotice partial={partial} />
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
                    <SpanName org={org} transaction={search.transaction} span={span} />
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
        </>
      )}
    </Part>
  );
}
