/** What every answer of Explore says about itself. */
export interface AnswerNote {
  /** The time budget ran out: this is what was read until then. */
  partial?: boolean;
  /** Counted from a sample and scaled up. */
  sampled?: boolean;
  scannedRows?: number | null;
}

export type FieldType =
  | "string"
  | "integer"
  | "number"
  | "duration"
  | "date"
  | "boolean"
  | "percentage"
  | "size"
  | "array";

export type CellValue = string | number | boolean | null | readonly unknown[];
export type EventRow = Record<string, CellValue>;

export interface EventTable {
  data: EventRow[];
  meta: {
    fields: Record<string, FieldType>;
    units?: Record<string, string | null>;
    tocsin?: AnswerNote;
  };
}

export interface EventSeries {
  yAxis: string;
  groupBy?: { key: string; value: string | null }[] | null;
  /** Times in milliseconds. */
  values: { timestamp: number; value: number | null; incomplete?: boolean }[];
  meta: {
    valueType: FieldType;
    valueUnit: string | null;
    interval: number;
    isOther?: boolean;
    order?: number;
  };
}

export interface EventSeriesAnswer {
  meta: { tocsin?: AnswerNote };
  timeSeries: EventSeries[];
}
