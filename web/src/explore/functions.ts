import type { Dataset } from "./exploreQueries";
import { keysOf } from "./fields";

interface Suggested {
  value: string;
  hint: string;
}

const quantiles = ["p50", "p75", "p90", "p95", "p99"];
const measures: Record<Dataset, readonly string[]> = {
  spans: [
    "span.duration",
    "span.self_time",
    "measurements.lcp",
    "measurements.inp",
    "measurements.cls",
    "measurements.fcp",
    "measurements.ttfb",
  ],
  errors: [],
};

/** The functions a dataset is mostly asked for. Any other can be typed, and arithmetic of them. */
export function functionsOf(dataset: Dataset): Suggested[] {
  const unique = keysOf(dataset).filter(({ key }) => !["timestamp", "span.duration", "span.self_time"].includes(key));
  const own: Suggested[] =
    dataset === "spans"
      ? [
          { value: "failure_rate()", hint: "share that failed" },
          { value: "failure_count()", hint: "how many failed" },
          { value: "apdex(300)", hint: "satisfied below 300 ms" },
          { value: "user_misery(300)", hint: "people kept waiting" },
          { value: "count_if(span.status, equals, ok)", hint: "under a condition" },
          { value: "failure_count() / count() * 100", hint: "arithmetic" },
        ]
      : [{ value: "count_if(level, equals, fatal)", hint: "under a condition" }];
  return [
    { value: "count()", hint: "how many" },
    { value: "epm()", hint: "per minute" },
    { value: "count_unique(user)", hint: "different people" },
    ...measures[dataset]
      .slice(0, 1)
      .flatMap((field) => quantiles.map((name) => ({ value: `${name}(${field})`, hint: "" }))),
    ...own,
    ...measures[dataset].flatMap((field) =>
      ["avg", "sum", "min", "max"].map((name) => ({ value: `${name}(${field})`, hint: "" })),
    ),
    ...measures[dataset]
      .slice(1)
      .flatMap((field) => quantiles.map((name) => ({ value: `${name}(${field})`, hint: "" }))),
    ...unique
      .filter(({ key }) => key !== "user")
      .map(({ key }) => ({ value: `count_unique(${key})`, hint: "how many different" })),
    { value: "last_seen()", hint: "the latest" },
  ];
}
