/** A trace as the API gives it. Times are seconds since 1970, durations milliseconds. */
export interface TraceSummary {
  trace_id: string;
  root: { project: string; transaction: string | null; op: string | null } | null;
  start: number;
  duration: number;
  spans: number;
  errors: number;
  projects: string[];
}

export interface TraceSpan {
  span_id: string;
  parent_span_id: string | null;
  segment_id: string | null;
  is_segment: boolean;
  project: string;
  service: string | null;
  op: string;
  description: string | null;
  status: string;
  failed: boolean;
  start: number;
  duration: number;
  self_time: number;
  transaction: string | null;
  category: string | null;
  group: string | null;
  event_id: string | null;
  p50: number | null;
  p95: number | null;
  clock_shifted_ms: number | null;
}

export interface TraceError {
  event_id: string;
  issue_id: string;
  short_id: string;
  title: string;
  level: string;
  project: string;
  timestamp: number;
  span_id: string | null;
  transaction: string | null;
}

export interface TraceIssue {
  issue_id: string;
  short_id: string;
  title: string;
  type: string;
  span_ids: string[];
}

export interface TraceDetail {
  trace_id: string;
  start: number;
  end: number;
  truncated: boolean;
  partial: boolean;
  projects: { id: string; slug: string; platform: string; service: string | null }[];
  spans: TraceSpan[];
  errors: TraceError[];
  issues: TraceIssue[];
  vitals: Record<string, number | null> | null;
  clock_skew: { project: string; milliseconds: number }[];
}

export interface SpanLink {
  trace_id: string;
  span_id: string;
  attributes: Record<string, unknown> | null;
}

/** One span with everything that is kept of it. */
export interface SpanDetail extends TraceSpan {
  trace_id: string;
  attributes: Record<string, unknown>;
  measurements: Record<string, { value: number; unit: string | null }>;
  links: SpanLink[];
  user: string | null;
  browser: string | null;
  os: string | null;
  device: string | null;
  connection: string | null;
  country: string | null;
  release: string | null;
  environment: string | null;
  sdk: string | null;
  contexts: Record<string, unknown> | null;
  request: Record<string, unknown> | null;
  breadcrumbs: unknown[] | null;
}
