import type { ReleaseMark } from "../api/performanceShapes";

/** Each version once, oldest first; chosen ones are among them even when the marks do not have them. */
export function versionsOf(marks: readonly ReleaseMark[], chosen: readonly (string | undefined)[]): string[] {
  const seen = marks.toSorted((a, b) => a.time - b.time).map((mark) => mark.version);
  return [...new Set([...seen, ...chosen.filter((version) => version !== undefined)])];
}

export const lastTwo = (versions: readonly string[]): [string | undefined, string | undefined] => [
  versions.at(-2),
  versions.at(-1),
];
