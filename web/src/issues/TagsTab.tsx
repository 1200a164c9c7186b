import { useQuery } from "@tanstack/react-query";
import { Link, useSearch } from "@tanstack/react-router";
import { useState } from "react";
import type { IssueTag, TagValue } from "../api/shapes";
import { exactNumber, plural } from "../design/format";
import { Bones, Empty, Failure } from "../design/States";
import { withTerm } from "../search/searchTokens";
import { keepScope } from "../shell/scope";
import { issueTagsQuery, issueTagValuesQuery } from "./issueQueries";
import styles from "./TagsTab.module.css";

/** Every tag of the issue with the share of each value. */
export function TagsTab({ org, issueId }: { org: string; issueId: string }) {
  const { environment } = useSearch({ from: "/inside/organizations/$org" });
  const tags = useQuery(issueTagsQuery(org, issueId, environment));
  if (tags.isPending) {
    return <Bones rows={8} height={60} />;
  }
  if (tags.isError) {
    return <Failure what="The tags could not be read" error={tags.error} retry={() => void tags.refetch()} />;
  }
  if (tags.data.length === 0) {
    return <Empty title="No tags">The events of this issue carry none.</Empty>;
  }
  return (
    <div className={styles.tab}>
      {tags.data.map((tag) => (
        <TagTable key={tag.key} org={org} issueId={issueId} tag={tag} />
      ))}
    </div>
  );
}

function TagTable({ org, issueId, tag }: { org: string; issueId: string; tag: IssueTag }) {
  const [all, setAll] = useState(false);
  const values = useQuery({ ...issueTagValuesQuery(org, issueId, tag.key), enabled: all });
  const rows = (all && values.data) || tag.topValues;
  const more = (tag.uniqueValues ?? 0) > tag.topValues.length;
  return (
    <section className={styles.tag}>
      <h3 className={styles.title}>
        {tag.key}
        {tag.uniqueValues !== undefined && <span className={styles.note}>{plural(tag.uniqueValues, "value")}</span>}
      </h3>
      <ul className={styles.values}>
        {rows.map((row) => (
          <Value key={row.value} org={org} tag={tag} row={row} />
        ))}
      </ul>
      {more && !all && (
        <button type="button" className={styles.more} onClick={() => setAll(true)}>
          More values
        </button>
      )}
    </section>
  );
}

function Value({ org, tag, row }: { org: string; tag: IssueTag; row: TagValue }) {
  const share = (row.count / Math.max(1, tag.totalValues)) * 100;
  return (
    <li className={styles.value} style={{ "--share": `${share}%` }}>
      <Link
        to="/organizations/$org/issues"
        params={{ org }}
        search={(old) => ({ ...keepScope(old), query: withTerm("is:unresolved", tag.key, row.value ?? "") })}
        className={styles.name}
        title={row.value ?? ""}
      >
        {row.value || "(empty)"}
      </Link>
      <span className={styles.count} title={exactNumber(row.count)}>
        {share < 1 ? "<1" : Math.round(share)}%
      </span>
    </li>
  );
}
