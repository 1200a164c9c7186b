import type { components } from "./schema";

/** One event as the API gives it: Sentry's shape, frames oldest first. Everything in it comes from outside. */
type Schemas = components["schemas"];

export type EventSummary = Schemas["EventSummary"];
export type ProcessingNote = Schemas["ProcessingError"];
export type Mechanism = Schemas["MechanismShape"];
export type Breadcrumb = Schemas["BreadcrumbShape"];

export type EventDetail = Omit<Schemas["EventDetail"], "entries" | "_meta"> & {
  entries: EventEntry[];
  _meta: MetaTree | null;
};

/** A line of code with its number. */
export type CodeLine = [line: number, text: string | null];
export type Frame = Omit<Schemas["FrameShape"], "context"> & { context: CodeLine[] };
export type StackTrace = Omit<Schemas["StackTraceShape"], "frames"> & { frames: Frame[] };

type WithStack<T> = Omit<T, "stacktrace" | "rawStacktrace"> & { stacktrace?: StackTrace | null };
export type ExceptionValue = WithStack<Schemas["ExceptionShape"]>;
export type ThreadValue = WithStack<Schemas["ThreadShape"]>;

export type Pair = [name: string, value: string | null];
export type RequestData = Omit<Schemas["RequestShape"], "query" | "headers" | "cookies"> & {
  query: Pair[];
  headers: Pair[];
  cookies: Pair[];
};

/** What each kind of entry holds. */
export interface EntryData {
  exception: { values: ExceptionValue[] };
  stacktrace: StackTrace;
  threads: { values: ThreadValue[] };
  message: Schemas["MessageShape"];
  breadcrumbs: { values: Breadcrumb[] };
  request: RequestData;
  template: Record<string, unknown>;
  csp: Record<string, unknown>;
  debugmeta: Schemas["DebugMetaShape"];
}

export type EventEntry = { [K in keyof EntryData]: { type: K; data: EntryData[K] } }[keyof EntryData];

/** Remarks on fields, laid out like the event; the remark on a node itself stands under the empty key. */
export interface MetaTree {
  [key: string]: MetaTree | MetaRemark | undefined;
}

export interface MetaRemark {
  /** Each: the rule, what it did (`x` removed, `s` replaced, `m` masked, `a` annotated), and where in the text. */
  rem?: [rule: string, what: string, start?: number, end?: number][];
  err?: (string | [string, Record<string, unknown>])[];
  /** The length before it was shortened. */
  len?: number;
  val?: unknown;
}
