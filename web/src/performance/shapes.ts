import type { HistogramBucket } from "../design/histogram";
import type { TimePoint } from "../design/timeSeries";

/** One transaction of a project in the chosen time. Durations are milliseconds. */
export interface TransactionRow {
  transaction: string;
  project: string;
  op: string;
  count: number;
  epm: number;
  p50: number;
  p75: number;
  p95: number;
  p99: number;
  time_lost: number;
  failure_rate: number;
  apdex: number;
  users: number;
  user_misery: number;
  issues: number;
  regression: number | null;
  sampled: boolean;
  trend: TimePoint[];
}

export type SummarySeries = "p50" | "p75" | "p95" | "p99" | "count" | "failure_rate" | "users";

export interface TransactionSummary {
  totals: TransactionRow;
  series: { interval: number } & Record<SummarySeries, TimePoint[]>;
  histogram: HistogramBucket[];
  sampled: boolean;
}

export interface TransactionSample {
  trace_id: string;
  span_id: string;
  event_id: string | null;
  timestamp: number;
  duration: number;
  status: string;
  user: string | null;
  release: string | null;
  errors: number;
}

export interface TagDifference {
  key: string;
  value: string;
  slow_share: number;
  all_share: number;
  slow_count: number;
  score: number;
}

export interface SpanDifference {
  op: string;
  description: string;
  group: string;
  slow_avg_ms: number;
  all_avg_ms: number;
  slow_freq: number;
  all_freq: number;
  time_lost: number;
}

export interface Differences {
  tags: TagDifference[];
  spans: SpanDifference[];
}

export interface SuspectSpan {
  group: string;
  op: string;
  description: string;
  count: number;
  avg: number;
  p95: number;
  self_time_total: number;
  share: number;
}

export interface ReleaseComparison {
  a: TransactionSummary;
  b: TransactionSummary;
}

export type Vital = "lcp" | "inp" | "cls" | "fcp" | "ttfb";

export interface VitalShare {
  p75: number;
  good: number;
  meh: number;
  poor: number;
  count: number;
}

export type VitalPoint = [at: number, p75: number | null, good: number | null, meh: number | null, poor: number | null];

export type VitalRow = { name: string; score: number | null; opportunity: number | null; count: number } & Partial<
  Record<Vital, VitalShare | null>
>;

export interface ElementRow {
  vital: Vital;
  element: string;
  count: number;
  p75: number;
}

export interface VitalsReport {
  score: ({ total: number | null } & Partial<Record<Vital, number | null>>) | null;
  vitals: Partial<Record<Vital, VitalShare | null>>;
  series: Partial<Record<Vital, VitalPoint[]>>;
  rows: VitalRow[];
  elements: ElementRow[];
  thresholds: "google" | "sentry";
}

export type NodeKind = "service" | "database" | "http" | "queue" | "cache";

export interface MapNode {
  id: string;
  name: string;
  kind: NodeKind;
  project: string | null;
  count: number;
  failure_rate: number;
  p95: number;
}

export interface MapEdge {
  from: string;
  to: string;
  count: number;
  failure_rate: number;
  p95: number;
}

export interface ServiceMap {
  nodes: MapNode[];
  edges: MapEdge[];
}

export interface ReleaseMark {
  version: string;
  projects: string[];
  time: number;
  kind: "release" | "deploy";
  environment: string | null;
}
