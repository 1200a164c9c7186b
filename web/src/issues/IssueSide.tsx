import { Link } from "@tanstack/react-router";
import type { EventDetail } from "../api/eventShapes";
import type { IssueDetail, ReleaseRef } from "../api/shapes";
import { Ago } from "../design/Ago";
import { CopyIcon } from "../design/Copy";
import { ActivityFeed } from "./ActivityFeed";
import styles from "./IssueSide.module.css";
import { TagShares } from "./TagShares";

/** Beside the event: since when and in what, how its tags are spread, what people did. */
export function IssueSide({ org, issue, event }: { org: string; issue: IssueDetail; event: EventDetail | undefined }) {
  return (
    <aside className={styles.side} aria-label="About the issue">
      <dl className={styles.facts}>
        <dt>First seen</dt>
        <dd>
          <Ago at={issue.firstSeen} suffix=" ago" /> <Release release={issue.firstRelease} />
        </dd>
        <dt>Last seen</dt>
        <dd>
          <Ago at={issue.lastSeen} suffix=" ago" /> <Release release={issue.lastRelease} />
        </dd>
        <dt>Project</dt>
        <dd>
          <Link to="/organizations/$org/settings/projects/$project" params={{ org, project: issue.project.slug }}>
            {issue.project.slug}
          </Link>
        </dd>
        <dt>Short id</dt>
        <dd className={styles.id}>
          {issue.shortId}
          <CopyIcon text={issue.shortId} what="the short id" />
        </dd>
      </dl>
      <TagShares org={org} issueId={issue.id} event={event} />
      <section className={styles.activity}>
        <h2 className={styles.title}>
          Activity
          <Link to="." search={(old) => ({ ...old, tab: "activity" as const })}>
            All
          </Link>
        </h2>
        <ActivityFeed org={org} issueId={issue.id} most={5} />
      </section>
    </aside>
  );
}

function Release({ release }: { release: ReleaseRef | null | undefined }) {
  return release ? (
    <span className={styles.release} title={release.version}>
      in {release.shortVersion}
    </span>
  ) : null;
}
