import type { VitalRow } from "../api/performanceShapes";
import { toCsv } from "../design/csv";
import type { VitalSplit } from "./performanceSearch";
import { vitalOrder } from "./vitalText";

/** The lines of a split; with their projects where they have some, as two may have a page of the same name. */
export function vitalCsv(by: VitalSplit, lines: readonly VitalRow[]): string {
  const ofProjects = lines.some((line) => line.project !== null);
  return toCsv(
    [
      by,
      ...(ofProjects ? ["project"] : []),
      "page loads",
      ...vitalOrder.map((vital) => `${vital} p75`),
      "score",
      "opportunity",
    ],
    lines.map((line) => [
      line.name,
      ...(ofProjects ? [line.project ?? ""] : []),
      line.count,
      ...vitalOrder.map((vital) => line[vital].p75 ?? ""),
      line.score ?? "",
      line.opportunity,
    ]),
  );
}
