import { expect, it } from "vitest";
import type { ReleaseMark, VitalChange, VitalRelease } from "../api/performanceShapes";
import { markText } from "../design/timeSeries";
import { vitalMarks } from "./vitalMarks";

const same: VitalChange = { p75: 900, before: 900, change: "same" };
const release = (version: string, changes: Partial<VitalRelease>): VitalRelease => ({
  version,
  project: "web",
  before: "shop@1.0",
  count: 200,
  lcp: same,
  inp: same,
  cls: same,
  fcp: same,
  ttfb: same,
  ...changes,
});
const mark = (version: string, project: string): ReleaseMark => ({
  version,
  projects: [project],
  time: 60,
  environment: null,
  place: 0,
  kind: "release",
});

it("says at the mark of a release what it made worse and by how much", () => {
  const releases = [
    release("shop@1.1", { lcp: { p75: 2600, before: 2000, change: "worse" } }),
    release("shop@1.2", { lcp: { p75: 2000, before: 2600, change: "better" } }),
  ];
  const marks = [mark("shop@1.1", "web"), mark("shop@1.2", "web"), mark("shop@1.1", "api")];

  expect(vitalMarks(marks, releases, "lcp").map(markText)).toEqual([
    "release shop@1.1: LCP 2.00 s → 2.60 s",
    "release shop@1.2",
    "release shop@1.1",
  ]);
  expect(vitalMarks(marks, releases, "inp").map((one) => one.worse)).toEqual([undefined, undefined, undefined]);
});
