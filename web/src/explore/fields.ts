import type { SearchKey } from "../search/suggest";
import type { Dataset } from "./exploreQueries";

const truth: SearchKey["values"] = [
  ["true", ""],
  ["false", ""],
];

const latest: SearchKey["values"] = [["latest", "the newest of each project"]];

/** What spans can be searched and grouped by, under Sentry's names. Any other attribute is found by its own name. */
const spanKeys: readonly SearchKey[] = [
  { key: "span.op", hint: "kind of work, such as db or http.client" },
  { key: "span.description", hint: "statement, address or name" },
  {
    key: "span.duration",
    hint: "such as >300ms",
    values: [
      [">100ms", ""],
      [">1s", ""],
      [">5s", ""],
    ],
  },
  { key: "span.self_time", hint: "time not spent in children" },
  { key: "span.status", hint: "ok, internal_error …" },
  { key: "span.group", hint: "spans with the same description" },
  { key: "span.category", hint: "db, http, cache, queue, resource" },
  { key: "span.domain", hint: "table or host" },
  { key: "span.action", hint: "SELECT, GET …" },
  { key: "is_transaction", hint: "the first span of a service", values: truth },
  { key: "transaction", hint: "endpoint, page or task" },
  { key: "project", hint: "slug" },
  { key: "environment", hint: "where it ran" },
  { key: "release", hint: "version, or latest", values: latest },
  { key: "user", hint: "who ran it" },
  { key: "browser.name", hint: "browser" },
  { key: "os.name", hint: "operating system" },
  { key: "device.class", hint: "desktop, mobile, tablet" },
  { key: "connection", hint: "4g, 3g …" },
  { key: "geo.country_code", hint: "two letters" },
  { key: "sdk.name", hint: "client library" },
  { key: "trace", hint: "trace id" },
  { key: "timestamp", hint: "when it ended" },
  { key: "id", hint: "span id" },
];

const errorKeys: readonly SearchKey[] = [
  { key: "title", hint: "type and message" },
  { key: "issue", hint: "short id" },
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
  { key: "error.type", hint: "exception type" },
  { key: "error.value", hint: "exception message" },
  { key: "error.handled", hint: "somebody caught it", values: truth },
  { key: "stack.filename", hint: "file in its stack trace" },
  { key: "stack.function", hint: "function in its stack trace" },
  { key: "stack.module", hint: "module in its stack trace" },
  { key: "transaction", hint: "endpoint, page or task" },
  { key: "project", hint: "slug" },
  { key: "environment", hint: "where it ran" },
  { key: "release", hint: "version, or latest", values: latest },
  { key: "user", hint: "whom it hit" },
  { key: "platform", hint: "language" },
  { key: "url", hint: "address of the request" },
  { key: "trace", hint: "trace id" },
  { key: "timestamp", hint: "when it happened" },
  { key: "id", hint: "event id" },
];

export const keysOf = (dataset: Dataset): readonly SearchKey[] => (dataset === "spans" ? spanKeys : errorKeys);
