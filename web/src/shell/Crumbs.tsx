import { useQuery } from "@tanstack/react-query";
import { Link, useMatches, useParams, useSearch } from "@tanstack/react-router";
import { Fragment, useEffect } from "react";
import { issueQuery } from "../issues/issueQueries";
import { traceQuery } from "../traces/traceQueries";
import styles from "./Crumbs.module.css";
import { organizationsQuery } from "./organizations";
import { keepScope } from "./scope";

const transactionPage = "/inside/organizations/$org/performance/summary";

/** Organization / page / thing; also the title of the tab. */
export function Crumbs({ org }: { org: string }) {
  const organizations = useQuery(organizationsQuery);
  const matches = useMatches();
  const { issueId, project, traceId } = useParams({ strict: false });
  // Neither asks by itself: they read what the page has fetched.
  const issue = useQuery({ ...issueQuery(org, issueId ?? ""), enabled: false });
  const trace = useQuery({ ...traceQuery(org, traceId ?? ""), enabled: false });
  const transaction = useSearch({ from: transactionPage, shouldThrow: false })?.transaction;
  const name = organizations.data?.find((one) => one.slug === org)?.name ?? org;
  const pages = matches.flatMap((match) => (match.staticData.crumb ? [match.staticData.crumb] : []));
  const thing = issueId ? issue.data?.shortId : (traceId?.slice(0, 8) ?? project);
  const parts = thing ? [...pages, thing] : pages;
  const subject = issueId
    ? issue.data?.title
    : traceId
      ? trace.data?.spans.find((span) => span.parent_span_id === null)?.transaction
      : (transaction ?? matches.at(-1)?.staticData.view);
  const title = [subject, ...parts.toReversed(), "Tocsin"].filter(Boolean).join(" · ");

  useEffect(() => {
    document.title = title;
  }, [title]);

  return (
    <nav className={styles.crumbs} aria-label="Where you are">
      <Link to="/organizations/$org/issues" params={{ org }} search={keepScope} className={styles.root}>
        {name}
      </Link>
      {parts.map((part, index) => (
        <Fragment key={part}>
          <span className={styles.slash} data-first={index === 0} aria-hidden="true">
            /
          </span>
          <span className={styles.part} data-last={index === parts.length - 1}>
            {part}
          </span>
        </Fragment>
      ))}
    </nav>
  );
}
