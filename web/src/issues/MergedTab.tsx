import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import type { IssueDetail } from "../api/shapes";
import { Ago } from "../design/Ago";
import { Button } from "../design/Button";
import { Count } from "../design/Count";
import { Bones, Empty, Failure } from "../design/States";
import { issueHashesQuery } from "./issueQueries";
import styles from "./MergedTab.module.css";
import { type MergedPart, partsOf } from "./mergeChoice";
import { useMerge } from "./useMerge";

/** The issues that this one is made of, each with what would leave with it. */
export function MergedTab({ org, issue }: { org: string; issue: IssueDetail }) {
  const hashes = useQuery(issueHashesQuery(org, issue.id));
  const { unmerge } = useMerge(org);
  const [leaving, setLeaving] = useState<string>();
  if (hashes.isPending) {
    return <Bones rows={4} height={54} />;
  }
  if (hashes.isError) {
    return (
      <Failure what="The merged issues could not be read" error={hashes.error} retry={() => void hashes.refetch()} />
    );
  }
  const parts = partsOf(hashes.data);
  if (parts.length < 2) {
    return <Empty title="Nothing is merged into this issue">Select issues in the list to merge them.</Empty>;
  }
  const takeOut = async (part: MergedPart) => {
    setLeaving(part.issue.id);
    await unmerge(issue.id, part);
    setLeaving(undefined);
  };
  return (
    <div className={styles.tab}>
      <p className={styles.explain}>
        This issue is made of {parts.length}. Unmerge makes one an issue of its own again, with all its events and those
        of its kind that come.
      </p>
      <ul className={styles.parts}>
        {parts.map((part) => (
          <li key={part.issue.id} className={styles.part}>
            <div className={styles.what}>
              <div className={styles.line}>
                <span className={styles.name}>{part.issue.shortId}</span>
                <span className={styles.title} title={part.issue.title}>
                  {part.issue.title}
                </span>
              </div>
              <div className={styles.facts}>
                <span>
                  <Count value={Number(part.issue.count)} /> {part.issue.count === "1" ? "event" : "events"}
                </span>
                {part.latest ? (
                  <Link to="." search={(old) => ({ ...old, tab: undefined, event: part.latest?.eventID })}>
                    latest <Ago at={part.issue.lastSeen} suffix=" ago" />
                  </Link>
                ) : (
                  <span>
                    latest <Ago at={part.issue.lastSeen} suffix=" ago" />, not kept any more
                  </span>
                )}
                <code className={styles.hash} title={part.hashes.join(", ")}>
                  {part.hashes[0]?.slice(0, 12)}
                  {part.hashes.length > 1 && ` +${part.hashes.length - 1}`}
                </code>
              </div>
            </div>
            <Button
              busy={leaving === part.issue.id}
              disabled={leaving !== undefined}
              onClick={() => void takeOut(part)}
              aria-label={`Unmerge ${part.issue.shortId}`}
            >
              Unmerge
            </Button>
          </li>
        ))}
      </ul>
    </div>
  );
}
