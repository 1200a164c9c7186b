const tabs = ["events", "tags", "activity", "merged"] as const;

/** What the URL of one issue says beside the scope. */
export interface IssueSearch {
  /** `latest`, `oldest`, `recommended` or an event id; absent means the recommended one. */
  event?: string;
  tab?: (typeof tabs)[number];
}

export function readIssueSearch(search: Record<string, unknown>): IssueSearch {
  const { event, tab } = search;
  return {
    event: typeof event === "string" && /^(latest|oldest|[0-9a-f-]{32,36})$/i.test(event) ? event : undefined,
    tab: tabs.find((one) => one === tab),
  };
}
