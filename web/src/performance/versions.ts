import type { ReleaseMark } from "../api/performanceShapes";

/**
 * The releases that it ran in and the chosen ones, each once, oldest first. Those without a mark came before the chosen time; nothing but their
 * names tells how they follow each other.
 */
export function versionsOf(
  ran: readonly string[],
  marks: readonly ReleaseMark[],
  chosen: readonly (string | undefined)[],
): string[] {
  const places = new Map(marks.map(({ version, place }) => [version, place]));
  const placeOf = (version: string) => places.get(version) ?? -1;
  return [...new Set([...ran, ...chosen.filter((version) => version !== undefined)])].sort(
    (a, b) => placeOf(a) - placeOf(b) || a.localeCompare(b, undefined, { numeric: true }),
  );
}

export const lastTwo = (versions: readonly string[]): [string | undefined, string | undefined] => [
  versions.at(-2),
  versions.at(-1),
];
