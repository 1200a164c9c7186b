import type { Priority } from "../api/shapes";
import type { IssueChange } from "./useIssueActions";

export interface Choice {
  label: string;
  change: IssueChange;
  /** How the notice says that it was done. */
  done: string;
}

export const resolveChoices: readonly Choice[] = [
  { label: "Now", change: { status: "resolved", statusDetails: {} }, done: "resolved" },
  {
    label: "In the next release",
    change: { status: "resolved", statusDetails: { inNextRelease: true } },
    done: "resolved in the next release",
  },
  {
    label: "In the current release",
    change: { status: "resolved", statusDetails: { inRelease: "latest" } },
    done: "resolved in the current release",
  },
];

export const archiveChoices: readonly Choice[] = [
  {
    label: "Until it escalates",
    change: { status: "ignored", statusDetails: {}, substatus: "archived_until_escalating" },
    done: "archived until it escalates",
  },
  { label: "For a day", change: archived({ ignoreDuration: 24 * 60 }), done: "archived for a day" },
  { label: "For a week", change: archived({ ignoreDuration: 7 * 24 * 60 }), done: "archived for a week" },
  { label: "Until 100 more events", change: archived({ ignoreCount: 100 }), done: "archived until 100 more events" },
  { label: "Until 10 more users", change: archived({ ignoreUserCount: 10 }), done: "archived until 10 more users" },
  {
    label: "For ever",
    change: { status: "ignored", statusDetails: {}, substatus: "archived_forever" },
    done: "archived for ever",
  },
];

function archived(statusDetails: IssueChange["statusDetails"]): IssueChange {
  return { status: "ignored", statusDetails, substatus: "archived_until_condition_met" };
}

const priorities: [Priority, string][] = [
  ["high", "High"],
  ["medium", "Medium"],
  ["low", "Low"],
];

export const priorityChoices: readonly Choice[] = priorities.map(([priority, label]) => ({
  label,
  change: { priority },
  done: `set to ${priority} priority`,
}));
