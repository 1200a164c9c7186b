import { ExploreLink } from "../explore/ExploreLink";
import { allOf, term } from "../search/searchTokens";
import rows from "./Rows.module.css";

interface SpanNameProps {
  org: string;
  transaction: string;
  /** A kind of span within the transaction. */
  span: { op: string; group: string | null; description: string | null };
}

/** What the spans of a group do; leads to the spans themselves. */
export function SpanName({ org, transaction, span: { op, group, description } }: SpanNameProps) {
  const which = group ? term("span.group", group) : `${term("span.op", op)} !has:span.group`;
  return (
    <td className={rows.wide} title={description ?? undefined}>
      <span className={rows.op}>{op}</span>
      <ExploreLink
        org={org}
        className={rows.mono}
        ask={{ mode: "samples", query: allOf(term("transaction", transaction), which) }}
      >
        {description || "(no description)"}
      </ExploreLink>
    </td>
  );
}
