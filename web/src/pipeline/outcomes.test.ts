import { expect, it } from "vitest";
import { outcomeLines } from "./outcomes";

it("puts what was stored first, then what was lost, and leaves out what did not happen", () => {
  const lines = outcomeLines({
    start: "2026-11-20T17:00:00Z",
    end: "2026-11-20T19:00:00Z",
    intervals: ["2026-11-20T17:00:00Z", "2026-11-20T18:00:00Z"],
    groups: [
      {
        by: { outcome: "invalid", reason: "json", category: "error" },
        totals: { "sum(quantity)": 2 },
        series: { "sum(quantity)": [0, 2] },
      },
      {
        by: { outcome: "filtered", reason: "localhost", category: "error" },
        totals: { "sum(quantity)": 9 },
        series: { "sum(quantity)": [9, 0] },
      },
      {
        by: { outcome: "accepted", reason: "none", category: "error" },
        totals: { "sum(quantity)": 3 },
        series: { "sum(quantity)": [1, 2] },
      },
      {
        by: { outcome: "abuse", category: "error" },
        totals: { "sum(quantity)": 0 },
        series: { "sum(quantity)": [0, 0] },
      },
    ],
  });
  expect(lines.map((line) => [line.outcome, line.reason, line.total])).toEqual([
    ["accepted", "", 3],
    ["invalid", "json", 2],
    ["filtered", "localhost", 9],
  ]);
  expect(lines[0]?.buckets).toEqual([
    [1_795_194_000, 1],
    [1_795_197_600, 2],
  ]);
});
