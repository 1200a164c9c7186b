export type ProjectTab = "keys" | "filters" | "scrubbing";

/** What the URL of a project's settings says; no tab is the general one. */
export interface ProjectSearch {
  tab?: ProjectTab;
}

export function readProjectSearch({ tab }: Record<string, unknown>): ProjectSearch {
  return { tab: tab === "keys" || tab === "filters" || tab === "scrubbing" ? tab : undefined };
}
