import type { ProjectDetail } from "../api/shapes";

/** What every tab of a project's settings gets. */
export interface ProjectSettingsProps {
  org: string;
  project: ProjectDetail;
  save: (patch: Partial<ProjectDetail>, before: Partial<ProjectDetail>, what: string) => Promise<void>;
}

/** One entry per line, blank lines left out. */
export function linesOf(text: string): string[] {
  return text
    .split("\n")
    .map((line) => line.trim())
    .filter(Boolean);
}
