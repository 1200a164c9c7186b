import type { Activity } from "../api/shapes";
import { plural } from "../design/format";

/** What somebody did, after their name. Comments have their own text. */
export function activityText({ type, data }: Activity): string {
  const text = (key: string) => (typeof data[key] === "string" && data[key] !== "" ? (data[key] as string) : undefined);
  switch (type) {
    case "first_seen":
      return "First seen";
    case "set_resolved":
      return "resolved it";
    case "set_resolved_in_release":
      return text("version") ? `resolved it in ${text("version")}` : "resolved it in the next release";
    case "set_resolved_by_age":
      return "resolved it: nothing came for long enough";
    case "set_resolved_in_commit":
      return "resolved it with a commit";
    case "set_unresolved":
      return "reopened it";
    case "set_regression":
      return text("version") ? `It came back in ${text("version")}` : "It came back";
    case "set_escalating":
      return "It escalated";
    case "set_ignored":
      return ignoredText(data);
    case "assigned":
      return `assigned it to ${text("assigneeName") ?? text("assigneeEmail") ?? text("assignee") ?? "somebody"}`;
    case "unassigned":
      return "took the assignment back";
    case "set_priority":
      return `set the priority to ${text("priority") ?? "another one"}`;
    case "merge":
      return `merged ${issuesText(data)} into it`;
    case "unmerge_source":
      return `took ${issuesText(data)} out of it`;
    case "unmerge_destination":
      return `took it out of ${issuesText(data)}`;
    case "note":
      return "wrote";
    default:
      return type.replaceAll("_", " ");
  }
}

/** Activities that nobody did: the sentence is complete without a name. */
export const happened = new Set(["first_seen", "set_regression", "set_escalating"]);

function issuesText({ issues }: Record<string, unknown>): string {
  const names = Array.isArray(issues) ? issues.map((issue: { shortId?: unknown }) => String(issue.shortId ?? "")) : [];
  const said = names.filter((name) => name !== "");
  return said.length === 0 || said.length > 5 ? plural(said.length || 2, "issue") : said.join(", ");
}

function ignoredText(data: Record<string, unknown>): string {
  if (typeof data.ignoreUntil === "string") {
    return `archived it until ${data.ignoreUntil.slice(0, 10)}`;
  }
  if (typeof data.ignoreCount === "number") {
    return `archived it until ${data.ignoreCount} more events`;
  }
  if (typeof data.ignoreUserCount === "number") {
    return `archived it until ${data.ignoreUserCount} more users`;
  }
  return data.ignoreUntilEscalating === true ? "archived it until it escalates" : "archived it";
}
