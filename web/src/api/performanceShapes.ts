import type { TimePoint } from "../design/timeSeries";
import type { components } from "./schema";
import type { Narrow } from "./shapes";

/** Performance as the API gives it. Times are seconds since 1970, durations milliseconds, shares from 0 to 1. */
type Schemas = components["schemas"];

export type TransactionRow = Schemas["TransactionRowShape"];
export type TransactionTrend = Narrow<Schemas["TransactionTrendShape"], { p95: TimePoint[] }>;
export type TransactionSeries = "p50" | "p75" | "p95" | "p99" | "count" | "failure_rate" | "users";
export type TransactionSummary = Narrow<
  Schemas["TransactionSummaryShape"],
  { totals: TransactionRow | null; series: { interval: number } & Record<TransactionSeries, TimePoint[]> }
>;
export type RunThreshold = Schemas["RunThresholdShape"];
export type TransactionSample = Schemas["TransactionSampleShape"];
export type Differences = Schemas["DifferencesShape"];
export type DifferingTag = Schemas["DifferingTagShape"];
export type DifferingSpan = Schemas["DifferingSpanShape"];
export type SuspectSpan = Schemas["SuspectSpanShape"];

type TransactionSide = Narrow<Schemas["TransactionSideShape"], { summary: TransactionSummary }>;
export type TransactionComparison = Record<"a" | "b", TransactionSide>;

export type Vital = keyof Schemas["VitalsByNameShape"];
export type VitalShare = Schemas["VitalShape"];
export type VitalScores = Schemas["VitalScoresShape"];
export type VitalRow = Schemas["VitalsRowShape"];
export type VitalElement = Narrow<Schemas["VitalElementShape"], { vital: Vital }>;
export type VitalChange = Narrow<Schemas["VitalChangeShape"], { change: "worse" | "better" | "same" | "unknown" }>;
export type VitalRelease = Narrow<Schemas["VitalReleaseShape"], Record<Vital, VitalChange>>;
export type VitalReleasesReport = Narrow<Schemas["VitalReleasesShape"], { releases: VitalRelease[] }>;
export type VitalLimit = Narrow<Schemas["VitalLimitShape"], { vital: Vital }>;
/** The values are null where nothing was measured. */
export type VitalPoint = [at: number, p75: number | null, good: number | null, meh: number | null, poor: number | null];
export type VitalsReport = Narrow<
  Schemas["VitalsShape"],
  { series: Partial<Record<Vital, VitalPoint[]>>; elements: VitalElement[]; limits: VitalLimit[] }
>;

export type ServiceNode = Narrow<
  Schemas["ServiceNodeShape"],
  { kind: "service" | "database" | "http" | "queue" | "cache" }
>;
export type ServiceEdge = Schemas["ServiceEdgeShape"];
export type ServiceMap = Narrow<Schemas["ServiceMapShape"], { nodes: ServiceNode[] }>;

export type ReleaseMark = Narrow<Schemas["ReleaseMarkShape"], { kind: "release" | "deploy" }>;
