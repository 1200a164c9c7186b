import type { EventRow } from "../api/exploreShapes";

/** Functions whose zero means that there is no row at all. */
const counting = /^(count|[et]p[ms])\(\)$/;

/**
 * Whether an answer is about no row at all. Without groups there is always one line: then a function that has nothing to
 * be of is null, and a plain count is zero. Any other zero is an answer: a failure rate of none is good news.
 */
export function isAboutNothing(rows: readonly EventRow[], grouped: boolean): boolean {
  const [only] = rows;
  if (grouped || !only) {
    return rows.length === 0;
  }
  const values = Object.entries(only);
  const isNone = ([column, value]: [string, EventRow[string]]) =>
    value === null || (value === 0 && counting.test(column));
  return values.some(isNone) && values.every(([, value]) => value === null || value === 0);
}
