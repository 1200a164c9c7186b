import type { ReleaseMark, Vital, VitalChange, VitalRelease } from "../api/performanceShapes";
import type { TimeMark } from "../design/timeSeries";
import { timeMark } from "../releases/releaseMarks";
import { vitalFormat, vitalWords } from "./vitalText";

/** When releases came, and of those that made the vital worse by how much. */
export const vitalMarks = (
  marks: readonly ReleaseMark[],
  releases: readonly VitalRelease[],
  vital: Vital,
): TimeMark[] =>
  marks.map((mark) => {
    const worse = releases.find(
      (release) =>
        release.version === mark.version &&
        mark.projects.includes(release.project) &&
        release[vital].change === "worse",
    );
    return { ...timeMark(mark), worse: worse && changeText(vital, worse[vital]) };
  });

/** `LCP 2.00 s → 2.60 s` */
export function changeText(vital: Vital, { before, p75 }: VitalChange): string {
  const format = vitalFormat(vital);
  const values = [before, p75].map((value) => (value === null ? "not measured" : format(value)));
  return `${vitalWords[vital].name} ${values.join(" → ")}`;
}
