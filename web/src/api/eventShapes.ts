import type { ReleaseRef } from "./shapes";

/** One event as the API gives it: Sentry's shape, frames oldest first. Everything in it comes from outside. */
export interface EventDetail {
  eventID: string;
  groupID: string | null;
  projectID: string;
  title: string;
  message: string;
  culprit: string | null;
  platform: string | null;
  dateCreated: string;
  dateReceived: string;
  size?: number;
  dist?: string | null;
  user: EventUser | null;
  tags: EventTag[];
  contexts: Record<string, unknown>;
  /** What clients call extra. */
  context: Record<string, unknown>;
  packages: Record<string, string | null>;
  sdk: { name: string | null; version: string | null } | null;
  entries: EventEntry[];
  errors: ProcessingNote[];
  fingerprints?: string[];
  release: ReleaseRef | null;
  _meta: MetaTree | null;
  nextEventID: string | null;
  previousEventID: string | null;
}

export type EventSummary = Pick<EventDetail, "eventID" | "title" | "dateCreated" | "user" | "tags"> & {
  id: string;
  location?: string | null;
};

export interface EventTag {
  key: string;
  value: string | null;
}

export interface EventUser {
  id?: string | null;
  email?: string | null;
  username?: string | null;
  ip_address?: string | null;
  name?: string | null;
  geo?: Record<string, unknown> | null;
  data?: Record<string, unknown> | null;
}

/** What each kind of entry holds. */
export interface EntryData {
  exception: { values: ExceptionValue[] | null };
  stacktrace: StackTrace;
  threads: { values: ThreadValue[] | null };
  message: { formatted: string | null; message?: string | null; params?: unknown };
  breadcrumbs: { values: Breadcrumb[] | null };
  request: RequestData;
  template: Record<string, unknown>;
  csp: Record<string, unknown>;
  expectct: Record<string, unknown>;
  expectstaple: Record<string, unknown>;
  hpkp: Record<string, unknown>;
  debugmeta: Record<string, unknown>;
}

export type EventEntry = { [K in keyof EntryData]: { type: K; data: EntryData[K] } }[keyof EntryData];

export interface ExceptionValue {
  type: string | null;
  value: string | null;
  module: string | null;
  threadId: string | number | null;
  mechanism: Mechanism | null;
  stacktrace: StackTrace | null;
  rawStacktrace?: StackTrace | null;
}

export interface Mechanism {
  type?: string | null;
  handled?: boolean | null;
  synthetic?: boolean | null;
  description?: string | null;
  help_link?: string | null;
  source?: string | null;
  exception_id?: number | null;
  parent_id?: number | null;
  is_exception_group?: boolean | null;
  data?: Record<string, unknown> | null;
  meta?: Record<string, unknown> | null;
}

export interface StackTrace {
  frames: Frame[] | null;
  framesOmitted?: [number, number] | null;
  registers?: Record<string, string> | null;
}

export interface Frame {
  filename: string | null;
  absPath: string | null;
  module: string | null;
  package: string | null;
  platform: string | null;
  instructionAddr: string | null;
  symbolAddr?: string | null;
  function: string | null;
  rawFunction?: string | null;
  context: [line: number, text: string | null][] | null;
  lineNo: number | null;
  colNo: number | null;
  inApp: boolean | null;
  trust?: string | null;
  vars: Record<string, unknown> | null;
  sourceLink?: string | null;
}

export interface ThreadValue {
  id: string | number | null;
  name: string | null;
  crashed: boolean | null;
  current: boolean | null;
  state?: string | null;
  stacktrace: StackTrace | null;
}

export interface Breadcrumb {
  type: string | null;
  category: string | null;
  level: string | null;
  message: string | null;
  data: Record<string, unknown> | null;
  timestamp: string | null;
}

export type Pair = [name: string, value: string | null];

export interface RequestData {
  method: string | null;
  url: string | null;
  query: Pair[] | string | null;
  fragment?: string | null;
  headers: Pair[] | null;
  cookies: Pair[] | null;
  data: unknown;
  env: Record<string, unknown> | null;
  inferredContentType?: string | null;
}

export interface ProcessingNote {
  type: string;
  message?: string | null;
  data?: Record<string, unknown> | null;
}

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
