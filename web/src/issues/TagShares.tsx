import { useQuery } from "@tanstack/react-query";
import { Link, useSearch } from "@tanstack/react-router";
import type { EventDetail } from "../api/eventShapes";
import type { IssueTag } from "../api/shapes";
import { exactNumber } from "../design/format";
import { issueTagsQuery } from "./issueQueries";
import styles from "./TagShares.module.css";

const most = 9;

/** For each tag a bar of its most frequent values; the value of the event in sight is written out. */
export function TagShares({ org, issueId, event }: { org: string; issueId: string; event: EventDetail | undefined }) {
  const { environment } = useSearch({ from: "/inside/organizations/$org" });
  const tags = useQuery(issueTagsQuery(org, issueId, environment));
  if (!tags.data || tags.data.length === 0) {
    return null;
  }
  // Tags with more than one value tell something; those with one stand after them.
  const ordered = tags.data.toSorted((a, b) => Number(b.topValues.length > 1) - Number(a.topValues.length > 1));
  return (
    <section className={styles.tags}>
      <h2 className={styles.title}>
        Tags
        <Link to="." search={(old) => ({ ...old, tab: "tags" as const })}>
          All {tags.data.length}
        </Link>
      </h2>
      <ul className={styles.list}>
        {ordered.slice(0, most).map((tag) => (
          <Share key={tag.key} tag={tag} here={event?.tags.find((one) => one.key === tag.key)?.value} />
        ))}
      </ul>
    </section>
  );
}

function Share({ tag, here }: { tag: IssueTag; here: string | null | undefined }) {
  const total = Math.max(1, tag.totalValues);
  const top = tag.topValues[0];
  const shown = tag.topValues.find((one) => one.value === here) ?? top;
  const percent = shown ? Math.round((shown.count / total) * 100) : 0;
  return (
    <li className={styles.tag}>
      <span className={styles.key}>{tag.key}</span>
      <span className={styles.value} title={shown?.value ?? ""}>
        {shown?.value || "(empty)"}
      </span>
      <span className={styles.percent}>{percent}%</span>
      <span className={styles.bar}>
        {tag.topValues.map((one) => (
          <span
            key={one.value}
            className={styles.part}
            data-here={one === shown}
            title={`${one.value || "(empty)"}: ${exactNumber(one.count)} of ${exactNumber(tag.totalValues)}`}
            style={{ "--share": `${(one.count / total) * 100}%` }}
          />
        ))}
      </span>
    </li>
  );
}
