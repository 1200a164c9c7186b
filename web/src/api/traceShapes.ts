import type { components } from "./schema";

/** Traces as the API gives them. Times are seconds since 1970, durations milliseconds. */
type Schemas = components["schemas"];

export type TraceSummary = Schemas["TraceSummaryShape"];
export type TraceDetail = Schemas["TraceShape"];
export type PageLoad = Schemas["PageLoadShape"];
export type TraceSpan = Schemas["TraceSpanShape"];
export type UsualDurations = Schemas["UsualShape"];
export type UsualKind = Schemas["UsualKindShape"];
export type TraceError = Schemas["TraceErrorShape"];
export type TraceIssue = Schemas["TraceIssueShape"];

/** Points from one span to another, perhaps in another trace. */
export interface SpanLink {
  trace_id: string;
  span_id: string;
  attributes?: Record<string, unknown> | null;
}

export type SpanDetail = Omit<
  Schemas["SpanDetailShape"],
  "attributes" | "links" | "contexts" | "request" | "breadcrumbs"
> & {
  attributes: Record<string, unknown>;
  links: SpanLink[];
  contexts: Record<string, unknown> | null;
  request: Record<string, unknown> | null;
  breadcrumbs: unknown[] | null;
};
