import { expect, it } from "vitest";
import { vitalCsv } from "./vitalCsv";

const none = { count: 0, p75: null, good: 0, meh: 0, poor: 0 };
const vitals = { lcp: { ...none, count: 2, p75: 1200 }, inp: none, cls: none, fcp: none, ttfb: none };
const line = (name: string, project: string | null) => ({
  name,
  project,
  score: 90,
  opportunity: 1.5,
  count: 2,
  ...vitals,
});
const rowsOf = (csv: string) => csv.split("\r\n").map((row) => row.split(","));

it("tells pages of the same name apart by their projects", () => {
  const [head, ...rows] = rowsOf(vitalCsv("page", [line("/", "shop"), line("/", "blog")]));
  expect(head?.slice(0, 3)).toEqual(["page", "project", "page loads"]);
  expect(rows.map((row) => row.slice(0, 3))).toEqual([
    ["/", "shop", "2"],
    ["/", "blog", "2"],
  ]);
  expect(rows.every((row) => row.length === head?.length)).toBe(true);
});

it("has no column for projects where lines are of all", () => {
  const [head, row] = rowsOf(vitalCsv("browser", [line("Safari", null)]));
  expect(head?.slice(0, 2)).toEqual(["browser", "page loads"]);
  expect(row).toHaveLength(head?.length ?? 0);
});
