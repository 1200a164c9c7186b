import type { HashIssue, Issue, IssueHash } from "../api/shapes";

/** The issue that takes in the others, as the server chooses it: most events, of equal ones the oldest. */
export function parentOf<T extends Pick<Issue, "id" | "count">>(issues: readonly T[]): T | undefined {
  return issues.toSorted((a, b) => Number(b.count) - Number(a.count) || Number(a.id) - Number(b.id))[0];
}

/** What makes the parent the parent, after its short id: another may have as many events. */
export function whyParent(issues: readonly Pick<Issue, "id" | "count" | "shortId">[]): string {
  const parent = parentOf(issues);
  const rivals = issues.filter((issue) => issue !== parent && Number(issue.count) === Number(parent?.count));
  if (rivals.length > 1) {
    return "is the oldest of those with most events";
  }
  return rivals[0] ? `has as many events as ${rivals[0].shortId} and is older` : "has most events";
}

/** Why the issues cannot become one; undefined: they can. */
export function mergeObstacle(
  issues: readonly { project: { slug: string }; issueType?: string }[],
): string | undefined {
  if (new Set(issues.map((issue) => issue.project.slug)).size > 1) {
    return "They belong to different projects. Only issues of one project can be merged.";
  }
  return new Set(issues.map((issue) => issue.issueType)).size > 1
    ? "They are of different kinds. An error and a performance problem, or two kinds of these, cannot be merged."
    : undefined;
}

export interface MergedPart {
  issue: HashIssue;
  /** What leads to it; they leave together. */
  hashes: string[];
  latest: IssueHash["latestEvent"];
}

/** What an issue is made of, in the order of the answer. */
export function partsOf(hashes: readonly IssueHash[]): MergedPart[] {
  const parts = new Map<string, MergedPart>();
  for (const { id, issue, latestEvent } of hashes) {
    const known = parts.get(issue.id);
    if (known) {
      known.hashes.push(id);
    } else {
      parts.set(issue.id, { issue, hashes: [id], latest: latestEvent });
    }
  }
  return [...parts.values()];
}

/** The hashes that came with each of these issues when they were merged: taken out by groups they are what they were. */
export function cameWith(hashes: readonly IssueHash[], children: readonly string[]): string[][] {
  return children
    .map((child) => hashes.filter((hash) => hash.issue.cameWith === child).map((hash) => hash.id))
    .filter((group) => group.length > 0);
}
