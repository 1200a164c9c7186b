import type { Scope } from "../shell/scope";

type RawSearch = Record<string, unknown>;

const text = (value: unknown): string | undefined => (typeof value === "string" && value !== "" ? value : undefined);
const positive = (value: unknown): number | undefined => {
  const number = typeof value === "string" || typeof value === "number" ? Number(value) : Number.NaN;
  return Number.isFinite(number) && number >= 0 ? number : undefined;
};
function oneOf<T extends string>(value: unknown, all: readonly T[]): T | undefined {
  return all.find((one) => one === value);
}

/** The questions one comes with; each is an order of the list, worst first. */
export const views: readonly [sort: TransactionSort, label: string, explain: string][] = [
  ["time_lost", "Time lost", "Count × (p95 − p50): where slow requests cost the most time in all"],
  ["slowest", "Slowest", "By p95"],
  ["issues", "Most issues", "Unresolved issues seen in this transaction"],
  ["users", "Most users", "Different people who ran it"],
  ["failing", "Most failing", "Share that ended with an error"],
  ["regression", "Worst regression", "p95 compared with the same length of time before"],
];

const sorts = [
  "time_lost",
  "slowest",
  "issues",
  "users",
  "failing",
  "regression",
  "throughput",
  "p50",
  "p75",
  "p95",
  "p99",
  "apdex",
  "misery",
] as const;

export type TransactionSort = (typeof sorts)[number];

export interface TransactionListSearch extends Scope {
  query?: string;
  sort?: TransactionSort;
  op?: string;
}

export function readTransactionListSearch(search: RawSearch): TransactionListSearch {
  const sort = oneOf(search.sort, sorts);
  return { query: text(search.query), sort: sort === "time_lost" ? undefined : sort, op: text(search.op) };
}

const sampleSorts = ["slow", "fast", "recent"] as const;
export type SampleSort = (typeof sampleSorts)[number];

export interface TransactionSearch extends Scope {
  transaction: string;
  op?: string;
  /** The brushed part of the histogram, in milliseconds. */
  from?: number;
  to?: number;
  samples?: SampleSort;
  /** The releases to compare: the one before, the one after. */
  a?: string;
  b?: string;
  /** Against what: one release against another without it. */
  against?: "time";
}

export function readTransactionSearch(search: RawSearch): TransactionSearch {
  const from = positive(search.from);
  const to = positive(search.to);
  const brushed = from !== undefined && to !== undefined && from < to;
  const samples = oneOf(search.samples, sampleSorts);
  return {
    transaction: text(search.transaction) ?? "",
    op: text(search.op),
    from: brushed ? from : undefined,
    to: brushed ? to : undefined,
    samples: samples === "slow" ? undefined : samples,
    a: text(search.a),
    b: text(search.b),
    against: search.against === "time" ? "time" : undefined,
  };
}

export const splits = ["page", "browser", "device", "connection", "country", "release"] as const;
export type VitalSplit = (typeof splits)[number];
const vitals = ["lcp", "inp", "cls", "fcp", "ttfb"] as const;

export interface VitalsSearch extends Scope {
  query?: string;
  by?: VitalSplit;
  vital?: (typeof vitals)[number];
  thresholds?: "sentry";
}

export function readVitalsSearch(search: RawSearch): VitalsSearch {
  const by = oneOf(search.by, splits);
  const vital = oneOf(search.vital, vitals);
  return {
    query: text(search.query),
    by: by === "page" ? undefined : by,
    vital: vital === "lcp" ? undefined : vital,
    thresholds: search.thresholds === "sentry" ? "sentry" : undefined,
  };
}

export interface MapSearch extends Scope {
  node?: string;
}

export const readMapSearch = (search: RawSearch): MapSearch => ({ node: text(search.node) });
