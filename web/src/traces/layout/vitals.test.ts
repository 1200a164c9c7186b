import { expect, it } from "vitest";
import { someTree } from "./someTrace";
import { vitalMarks } from "./vitals";

const tree = someTree(["nav", null, 0, 5000, { op: "http.server" }], ["page", null, 100, 5000, { op: "pageload" }]);

it("rates vitals by Google's limits and places those that are moments at the page load", () => {
  const marks = vitalMarks({ ttfb: 800, fcp: 1801, lcp: 4001, inp: 120, cls: 0.25, fid: 3 }, tree);
  expect(marks.map(({ name, rating }) => `${name} ${rating}`)).toEqual([
    "TTFB good",
    "FCP meh",
    "LCP poor",
    "INP good",
    "CLS meh",
  ]);
  expect(marks.map(({ at }) => at && Math.round(at))).toEqual([900, 1901, 4101, undefined, undefined]);
});

it("leaves out what was not measured", () => {
  expect(vitalMarks({ lcp: null }, tree)).toEqual([]);
  expect(vitalMarks(null, tree)).toEqual([]);
});
