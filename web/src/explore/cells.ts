import type { CellValue, EventMeta, EventRow, FieldType } from "../api/exploreShapes";
import { bytes, duration, exactNumber, moment, percent } from "../design/format";
import { withoutAggregates } from "../search/searchParts";
import { allOf, term } from "../search/searchTokens";

const toMilliseconds: Record<string, number> = {
  nanosecond: 1e-6,
  microsecond: 1e-3,
  millisecond: 1,
  second: 1000,
  minute: 60_000,
  hour: 3_600_000,
};

/** How values of a type are written. */
export function formatOf(type: FieldType | undefined, unit: string | null | undefined): (value: number) => string {
  switch (type) {
    case "duration":
      return (value) => duration(value * (toMilliseconds[unit ?? "millisecond"] ?? 1));
    case "percentage":
      return percent;
    case "size":
      return bytes;
    case "rate":
      return (value) => `${number(value)}/${unit === "1/second" ? "s" : "min"}`;
    default:
      return number;
  }
}

const number = (value: number): string =>
  exactNumber(Number.isInteger(value) ? value : Number(value.toPrecision(4)));

export function cellText(
  value: CellValue | undefined,
  column: string,
  meta: Pick<EventMeta, "fields" | "units">,
): string {
  const type = meta.fields[column];
  if (value === null || value === undefined || value === "") {
    return "(none)";
  }
  if (Array.isArray(value)) {
    return value.join(", ");
  }
  if (type === "date" && typeof value === "string") {
    return moment(new Date(value));
  }
  return typeof value === "number" ? formatOf(type, meta.units[column])(value) : String(value);
}

const numeric: readonly (FieldType | undefined)[] = ["integer", "number", "duration", "percentage", "size", "rate"];

export const isNumeric = (type: FieldType | undefined): boolean => numeric.includes(type);

/** The search that finds the rows a line was counted from. A list is found by all that is in it. */
export function rowsBehind(query: string, by: readonly string[], row: EventRow): string {
  const terms = by.flatMap((field) => {
    const values = valuesOf(row[field]);
    return values.length === 0 ? `!has:${field}` : values.map((value) => term(field, value));
  });
  return allOf(withoutAggregates(query), ...terms);
}

const valuesOf = (value: CellValue | undefined): string[] =>
  [value].flat().flatMap((one) => (one === null || one === undefined || one === "" ? [] : String(one)));
