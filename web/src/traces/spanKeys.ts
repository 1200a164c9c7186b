import type { Vocabulary } from "../search/QueryBox";
import type { SearchKey } from "../search/suggest";

const opValues: SearchKey["values"] = [
  ["pageload", "a page was opened"],
  ["navigation", "within the page"],
  ["http.server", "a request answered"],
  ["http.client", "a request made"],
  ["db", "a query"],
];

export const spanKeys: readonly SearchKey[] = [
  { key: "transaction", hint: "endpoint or page" },
  { key: "span.op", hint: "what kind of work", values: opValues },
  { key: "span.description", hint: "query, URL, function" },
  {
    key: "span.duration",
    hint: "milliseconds",
    values: [
      [">300", "longer than 300 ms"],
      [">1000", "longer than a second"],
    ],
  },
  {
    key: "span.status",
    hint: "how it ended",
    values: [
      ["ok", ""],
      ["internal_error", ""],
      ["not_found", ""],
      ["deadline_exceeded", ""],
    ],
  },
  { key: "span.category", hint: "http, db, cache, queue…" },
  { key: "service.name", hint: "OpenTelemetry's service" },
  { key: "release", hint: "version" },
  { key: "user", hint: "one person, such as id:7" },
  { key: "browser.name", hint: "" },
  { key: "device.class", hint: "desktop, mobile, tablet" },
  { key: "connection", hint: "4g, 3g…" },
  { key: "country", hint: "two letters" },
  { key: "http.status_code", hint: "" },
  {
    key: "measurements.lcp",
    hint: "milliseconds",
    values: [
      [">2500", "not good"],
      [">4000", "poor"],
    ],
  },
];

const none = { queryKey: ["no-own-span-keys"], queryFn: () => [] as string[] };

export const spanVocabulary: Vocabulary = { keys: spanKeys, ownKeys: none, valuesOf: () => none };
