const tabs = ["keys", "filters", "scrubbing", "performance"] as const;

export type ProjectTab = (typeof tabs)[number];

/** What the URL of a project's settings says; no tab is the general one. */
export interface ProjectSearch {
  tab?: ProjectTab;
}

export function readProjectSearch({ tab }: Record<string, unknown>): ProjectSearch {
  return { tab: tabs.find((known) => known === tab) };
}
