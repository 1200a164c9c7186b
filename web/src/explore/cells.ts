import type { CellValue, EventMeta, EventRow, FieldType } from "../api/exploreShapes";
import { bytes, duration, exactNumber, moment, percent } from "../design/format";
import { withoutAggregates } from "../search/searchParts";
import { allOf, noneOf, term } from "../search/searchTokens";

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

const number = (value: number): string => exactNumber(Number.isInteger(value) ? value : Number(value.toPrecision(4)));

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

/** Fields that hold several values, or are searched for by their parts, or cannot be searched for: excluding a value would exclude others. */
const vague = /^(stack|timestamp)\.|^message$/;

/** The search that finds the rows of all lines but these; absent: it cannot be said. */
export function rowsBesides(query: string, by: readonly string[], rows: readonly EventRow[]): string | undefined {
  const [field, ...others] = by;
  if (field === undefined || others.length > 0 || vague.test(field)) {
    return undefined;
  }
  const values = rows.map((row) => valuesOf(row[field]));
  const known = values.flat();
  return allOf(
    withoutAggregates(query),
    values.some((one) => one.length === 0) && `has:${field}`,
    known.length > 0 && noneOf(field, known),
  );
}

const valuesOf = (value: CellValue | undefined): string[] =>
  [value].flat().flatMap((one) => (one === null || one === undefined || one === "" ? [] : String(one)));
