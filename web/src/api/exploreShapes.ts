import type { components } from "./schema";
import type { Narrow } from "./shapes";

/** Answers to any question about events and spans. */
type Schemas = components["schemas"];

/** What an answer says about itself: whether all was read, and whether it was counted from a sample. */
export type AnswerNotes = Schemas["AnswerNotes"];

export type FieldType =
  | "string"
  | "integer"
  | "number"
  | "duration"
  | "date"
  | "boolean"
  | "percentage"
  | "size"
  | "rate"
  | "array";

export type CellValue = string | number | boolean | null | readonly unknown[];
export type EventRow = Record<string, CellValue>;
export type EventMeta = Narrow<
  Schemas["EventsMeta"],
  { fields: Record<string, FieldType>; units: Record<string, string | null> }
>;
export type EventTable = Narrow<Schemas["EventsShape"], { data: EventRow[]; meta: EventMeta }>;

type SeriesGroup = Narrow<Schemas["TimeSeriesGroup"], { value: CellValue }>;
/** Times are milliseconds; the groups are absent where there is one series for all. */
export type EventSeries = Narrow<
  Schemas["TimeSeriesShape"],
  { groupBy?: SeriesGroup[] | null; meta: Narrow<Schemas["TimeSeriesMeta"], { valueType: FieldType }> }
>;
export type EventSeriesAnswer = Narrow<Schemas["TimeSeriesAnswer"], { timeSeries: EventSeries[] }>;

export type EventCount = Schemas["EventsCountShape"];

export type Facet = Schemas["FacetShape"];
