import { align, stepOf, type TimeMark, type TimeSeries } from "./timeSeries";

export interface ChartRow {
  at: number;
  /** One per series. */
  values: (number | null)[];
  /** What came from this moment to the next. */
  marks: TimeMark[];
}

/** The moments at which anything was measured. A mark less than a step before the first of them stands there, or it would stand nowhere. */
export function chartRows(series: readonly TimeSeries[], marks: readonly TimeMark[] = []): ChartRow[] {
  const { times, columns } = align(series);
  const rows = times
    .map((at, row) => ({ at, values: columns.map((column) => column[row] ?? null) }))
    .filter(({ values }) => values.some((value) => value !== null));
  return rows.map((row, index) => {
    const from = index === 0 ? row.at - stepOf(times) : row.at;
    const to = rows[index + 1]?.at ?? Number.POSITIVE_INFINITY;
    return { ...row, marks: marks.filter((mark) => mark.at >= from && mark.at < to) };
  });
}
