import type { SearchKey } from "../search/suggest";

export const searchKeys: readonly SearchKey[] = [
  {
    key: "is",
    hint: "state",
    values: [
      ["unresolved", "open"],
      ["resolved", "closed"],
      ["archived", "put aside"],
      ["new", "first seen lately"],
      ["ongoing", "open for a while"],
      ["regressed", "came back after it was resolved"],
      ["escalating", "much more than usual"],
      ["assigned", "somebody has it"],
      ["unassigned", "nobody has it"],
    ],
  },
  {
    key: "assigned",
    hint: "who has it",
    values: [
      ["me", "you"],
      ["my_teams", "your teams"],
      ["none", "nobody"],
    ],
  },
  {
    key: "level",
    hint: "severity",
    values: [
      ["fatal", ""],
      ["error", ""],
      ["warning", ""],
      ["info", ""],
      ["debug", ""],
    ],
  },
  { key: "environment", hint: "where it ran" },
  { key: "release", hint: "version, or latest" },
  { key: "error.type", hint: "exception type" },
  { key: "error.value", hint: "exception message" },
  { key: "stack.filename", hint: "file in its stack trace" },
  { key: "stack.function", hint: "function in its stack trace" },
  { key: "stack.module", hint: "module in its stack trace" },
  {
    key: "error.unhandled",
    hint: "nobody caught it",
    values: [
      ["true", ""],
      ["false", ""],
    ],
  },
  {
    key: "firstSeen",
    hint: "first event",
    values: [
      ["-24h", "in the last day"],
      ["-7d", "in the last week"],
      ["+7d", "more than a week ago"],
    ],
  },
  {
    key: "lastSeen",
    hint: "last event",
    values: [
      ["-1h", "in the last hour"],
      ["-24h", "in the last day"],
      ["+7d", "more than a week ago"],
    ],
  },
  {
    key: "age",
    hint: "how long it exists",
    values: [
      ["-24h", "younger than a day"],
      ["+30d", "older than 30 days"],
    ],
  },
  {
    key: "timesSeen",
    hint: "events",
    values: [
      [">100", ""],
      [">1000", ""],
      ["1", "once"],
    ],
  },
  { key: "has", hint: "tag is present" },
  { key: "platform", hint: "language" },
  { key: "title", hint: "type and message" },
  { key: "user.id", hint: "one person" },
  { key: "user.email", hint: "one person" },
];
