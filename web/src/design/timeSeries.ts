/** A value at the beginning of each stretch of time; null where nothing was measured. */
export type TimePoint = readonly [unixSeconds: number, value: number | null];

export interface TimeSeries {
  name: string;
  /** A colour, or the name of one of our own properties such as `--good`. */
  colour: string;
  points: readonly TimePoint[];
}

/** A moment that explains a change: a release was first seen, or was deployed. */
export interface TimeMark {
  at: number;
  label: string;
  kind: "release" | "deploy";
  /** Of a deploy that says so: where to. */
  environment?: string;
  /** What became worse with it, in a few words. */
  worse?: string;
}

/** What a mark says in full. */
export function markText({ kind, label, environment, worse }: TimeMark): string {
  const what = kind === "deploy" ? `deployed ${label}${environment ? ` to ${environment}` : ""}` : `release ${label}`;
  return worse ? `${what}: ${worse}` : what;
}

export interface TimeTable {
  times: number[];
  /** One column per series, as long as `times`. */
  columns: (number | null)[][];
}

/** The series side by side over all moments that any of them has. */
export function align(series: readonly TimeSeries[]): TimeTable {
  const times = [...new Set(series.flatMap((one) => one.points.map(([at]) => at)))].sort((a, b) => a - b);
  const columns = series.map((one) => {
    const values = new Map(one.points);
    return times.map((at) => values.get(at) ?? null);
  });
  return { times, columns };
}

/** Each column on top of those before it. Where nothing at all was measured there is nothing to stack. */
export function stack(columns: readonly (number | null)[][]): (number | null)[][] {
  const length = columns[0]?.length ?? 0;
  const stacked = columns.map((): (number | null)[] => []);
  for (let row = 0; row < length; row++) {
    const absent = columns.every((column) => (column[row] ?? null) === null);
    let sum = 0;
    columns.forEach((column, index) => {
      sum += column[row] ?? 0;
      stacked[index]?.push(absent ? null : sum);
    });
  }
  return stacked;
}

/** The places of values without neighbours, which a line alone would not show. */
export function alone(column: readonly (number | null)[]): number[] {
  const known = (index: number) => (column[index] ?? null) !== null;
  return column.flatMap((_, index) => (known(index) && !known(index - 1) && !known(index + 1) ? [index] : []));
}

export const isEmpty = (series: readonly TimeSeries[]): boolean =>
  series.every((one) => one.points.every(([, value]) => value === null));

/** The usual distance of two moments, in seconds; zero for fewer than two. */
export function stepOf(times: readonly number[]): number {
  let step = Number.POSITIVE_INFINITY;
  for (let index = 1; index < times.length; index++) {
    step = Math.min(step, (times[index] ?? 0) - (times[index - 1] ?? 0));
  }
  return Number.isFinite(step) ? step : 0;
}
