import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { DifferingSpan, DifferingTag } from "../api/performanceShapes";
import { duration, exactNumber, percent, plural } from "../design/format";
import { term } from "../search/searchTokens";
import { keepScope } from "../shell/scope";
import { Part } from "./Part";
import { differencesQuery } from "./performanceQueries";
import type { TransactionSearch } from "./performanceSearch";
import rows from "./Rows.module.css";

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
      note={
        differences.data &&
        `${plural(differences.data.slow_runs, "run")} of ${duration(differences.data.threshold)} and more, against ${exactNumber(differences.data.all_runs)} of all`
      }
      query={differences}
      rows={8}
      isEmpty={({ tags, spans }) => tags.length === 0 && spans.length === 0}
      empty="Nothing is more frequent in slow runs than in all of them."
    >
      {({ tags, spans, threshold }) => (
        <>
          {tags.length > 0 && <Tags org={org} search={search} threshold={threshold} tags={tags} />}
          {spans.length > 0 && <Spans spans={spans} />}
        </>
      )}
    </Part>
  );
}

interface TagsProps {
  org: string;
  search: TransactionSearch;
  threshold: number;
  tags: readonly DifferingTag[];
}

function Tags({ org, search, threshold, tags }: TagsProps) {
  const slow = `is_transaction:true ${term("transaction", search.transaction)} span.duration:>=${Math.round(threshold)}ms`;
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
                <Link
                  to="/organizations/$org/explore"
                  params={{ org }}
                  search={(old) => ({
                    ...keepScope(old),
                    dataset: "spans" as const,
                    mode: "samples" as const,
                    query: `${slow} ${term(key, value)}`,
                  })}
                >
                  {value}
                </Link>
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

function Spans({ spans }: { spans: readonly DifferingSpan[] }) {
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
              <td className={rows.wide} title={span.description ?? undefined}>
                <span className={rows.op}>{span.op}</span>
                <span className={rows.mono}>{span.description}</span>
              </td>
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
