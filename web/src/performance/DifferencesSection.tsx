import { useQuery } from "@tanstack/react-query";
import type { Differences, DifferingSpan, DifferingTag } from "../api/performanceShapes";
import { duration, exactNumber, percent, plural } from "../design/format";
import { PartialNotice } from "../design/PartialNotice";
import { ExploreLink } from "../explore/ExploreLink";
import { allOf, term } from "../search/searchTokens";
import { Part } from "./Part";
import { differencesQuery } from "./performanceQueries";
import type { TransactionSearch } from "./performanceSearch";
import rows from "./Rows.module.css";
import { runFields, runsWithin } from "./runSearch";
import { SpanName } from "./SpanName";

interface DifferencesSectionProps {
  org: string;
  search: TransactionSearch;
}

/** What is over-represented in the slow runs. Slow is what the histogram's brush begins with, else the slowest tenth. */
export function DifferencesSection({ org, search }: DifferencesSectionProps) {
  const differences = useQuery(differencesQuery(org, search, search.from));
  return (
    <Part
      title="What differs in slow ones"
      note={differences.data && whatIsCompared(differences.data)}
      query={differences}
      rows={8}
      isEmpty={({ tags, spans, partial }) => tags.length === 0 && spans.length === 0 && !partial}
      empty="Nothing is more frequent in slow runs than chance would have it."
    >
      {({ tags, spans, threshold, partial }) => (
        <>
          <PartialNotice partial={partial} />
          {tags.length > 0 && <Tags org={org} search={search} threshold={threshold} tags={tags} />}
          {spans.length > 0 && <Spans org={org} transaction={search.transaction} spans={spans} />}
        </>
      )}
    </Part>
  );
}

/** `48 runs of 1.20 s and more, against all 960`, or `against a sample of 1,000`. */
function whatIsCompared({ slow_runs, all_runs, threshold, sampled }: Differences): string {
  const all = sampled ? `a sample of ${exactNumber(all_runs)}` : `all ${exactNumber(all_runs)}`;
  return `${plural(slow_runs, "run")} of ${duration(threshold)} and more, against ${all}`;
}

interface TagsProps {
  org: string;
  search: TransactionSearch;
  threshold: number;
  tags: readonly DifferingTag[];
}

function Tags({ org, search, threshold, tags }: TagsProps) {
  const slow = runsWithin(search, threshold);
  return (
    <div className={rows.scroll}>
      <table className={rows.table}>
        <thead>
          <tr>
            <th className={rows.wide}>Tag</th>
            <th className={rows.number}>Slow runs</th>
            <th className={rows.number}>All runs</th>
            <th className={rows.number}>Times</th>
          </tr>
        </thead>
        <tbody>
          {tags.map(({ key, value, slow_share, all_share, slow_count }) => (
            <tr key={`${key} ${value}`}>
              <td className={rows.wide} title={`${key}: ${value}`}>
                <span className={rows.dim}>{key}</span>{" "}
                <ExploreLink
                  org={org}
                  ask={{ mode: "samples", query: allOf(slow, term(key, value)), field: runFields }}
                >
                  {value}
                </ExploreLink>
              </td>
              <td className={rows.share} style={{ "--share": slow_share }} title={`${exactNumber(slow_count)} runs`}>
                {percent(slow_share)}
              </td>
              <td className={rows.share} style={{ "--share": all_share }}>
                {percent(all_share)}
              </td>
              <td className={rows.number}>{all_share > 0 ? `${(slow_share / all_share).toFixed(1)}×` : "new"}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

interface SpansProps {
  org: string;
  transaction: string;
  spans: readonly DifferingSpan[];
}

function Spans({ org, transaction, spans }: SpansProps) {
  return (
    <div className={rows.scroll}>
      <table className={rows.table}>
        <thead>
          <tr>
            <th className={rows.wide}>Span</th>
            <th className={rows.number}>Slow runs</th>
            <th className={rows.number}>All runs</th>
            <th className={`${rows.number} ${rows.extra}`}>Per run</th>
            <th className={rows.number}>Time lost</th>
          </tr>
        </thead>
        <tbody>
          {spans.map((span) => (
            <tr key={`${span.op} ${span.group}`}>
              <SpanName org={org} transaction={transaction} span={span} />
              <td className={rows.number}>{duration(span.slow_avg_ms)}</td>
              <td className={rows.number}>{duration(span.all_avg_ms)}</td>
              <td className={`${rows.number} ${rows.extra}`} title="How often in a slow run, and in any">
                {span.slow_freq.toFixed(1)} / {span.all_freq.toFixed(1)}
              </td>
              <td className={rows.number}>{duration(span.time_lost)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
