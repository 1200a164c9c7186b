import type { EventDetail } from "../api/eventShapes";
import type { IssueDetail } from "../api/shapes";
import { entryOf } from "../events/entries";
import { escapeMarkdown, stackAsMarkdown } from "../events/stackText";

/** The issue with one of its events, for a ticket, a chat or an assistant. */
export function issueAsMarkdown(issue: IssueDetail, event: EventDetail | undefined, address: string): string {
  const facts: [string, string | undefined | null][] = [
    ["Issue", `[${issue.shortId}](${address})`],
    ["Where", issue.culprit && `\`${issue.culprit}\``],
    ["Level", issue.level],
    ["Status", issue.substatus ? `${issue.status}, ${issue.substatus}` : issue.status],
    ["Events", `${issue.count} from ${issue.userCount} users`],
    [
      "First seen",
      `${issue.firstSeen}${issue.firstRelease ? ` in ${escapeMarkdown(issue.firstRelease.version)}` : ""}`,
    ],
    ["Last seen", `${issue.lastSeen}${issue.lastRelease ? ` in ${escapeMarkdown(issue.lastRelease.version)}` : ""}`],
    ["Assigned to", issue.assignedTo && escapeMarkdown(issue.assignedTo.name)],
  ];
  const parts = [
    `# ${escapeMarkdown(issue.title)}`,
    facts.flatMap(([name, value]) => (value ? [`- ${name}: ${value}`] : [])).join("\n"),
  ];
  if (event) {
    parts.push(`## Event ${event.eventID}`, stackAsMarkdown(event) || `    ${event.message || event.title}`);
    const request = entryOf(event, "request")?.data;
    if (request?.url) {
      parts.push(`Request: \`${request.method ?? "GET"} ${request.url}\``);
    }
    if (event.tags.length > 0) {
      parts.push(
        [
          "Tags:",
          ...event.tags.map(({ key, value }) => `- ${escapeMarkdown(key)}: \`${(value ?? "").replaceAll("`", "'")}\``),
        ].join("\n"),
      );
    }
  }
  return `${parts.filter(Boolean).join("\n\n")}\n`;
}
