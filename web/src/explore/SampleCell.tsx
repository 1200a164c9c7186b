import { Link } from "@tanstack/react-router";
import type { EventRow, EventTable } from "../api/exploreShapes";
import { TraceLink } from "../performance/TraceLink";
import { withTerm } from "../search/searchTokens";
import { keepScope } from "../shell/scope";
import { cellText, isNumeric } from "./cells";
import type { Dataset } from "./exploreQueries";
import table from "./Grid.module.css";

interface SampleCellProps {
  org: string;
  row: EventRow;
  column: string;
  dataset: Dataset;
  meta: EventTable["meta"];
  query: string;
}

/** A value of a row: ids and titles lead to the thing itself, words narrow the search to those that have them too. */
export function SampleCell({ org, row, column, dataset, meta, query }: SampleCellProps) {
  const value = row[column];
  const text = cellText(value, column, meta);
  const trace = row.trace;
  const issue = row["issue.id"];
  if (value === null || value === undefined || value === "") {
    return <span className={table.dim}>{text}</span>;
  }
  if (typeof trace === "string" && trace !== "" && leadsToTrace(dataset, column)) {
    return (
      <TraceLink org={org} trace={trace} span={dataset === "spans" ? String(row.id) : null}>
        {column === "trace" || column === "id" ? <code>{text.slice(0, 8)}</code> : text}
      </TraceLink>
    );
  }
  if (dataset === "errors" && issue && ["title", "issue", "id"].includes(column)) {
    return (
      <Link
        to="/organizations/$org/issues/$issueId"
        params={{ org, issueId: String(issue) }}
        search={(old) => ({ ...keepScope(old), event: String(row.id) })}
        title={text}
      >
        {column === "id" ? <code>{text.slice(0, 8)}</code> : text}
      </Link>
    );
  }
  if (isNumeric(meta.fields[column]) || meta.fields[column] === "date" || Array.isArray(value)) {
    return text;
  }
  return (
    <Link
      to="."
      className={table.value}
      title={`Only ${column} ${text}`}
      search={(old) => ({ ...old, query: withTerm(query, column, String(value)) })}
    >
      {text}
    </Link>
  );
}

const leadsToTrace = (dataset: Dataset, column: string): boolean =>
  column === "trace" || (dataset === "spans" && (column === "id" || column === "span.description"));
