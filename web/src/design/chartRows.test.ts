import { expect, it } from "vitest";
import { chartRows } from "./chartRows";

const points = (...all: [number, number | null][]) => [{ name: "p95", colour: "--bar", points: all }];
const mark = (at: number, label = "1.0") => ({ at, label, kind: "deploy" as const });

it("shows each mark at the moment it comes after, several of one release too", () => {
  const rows = chartRows(points([60, 1], [120, 2], [180, 3]), [mark(130), mark(150), mark(180), mark(9999)]);
  expect(rows.map((row) => row.marks.map(({ at }) => at))).toEqual([[], [130, 150], [180, 9999]]);
});

it("shows a mark right before the first moment there, but none from long before", () => {
  const rows = chartRows(points([60, null], [120, null], [180, 3], [240, 4]), [mark(70), mark(150)]);
  expect(rows.map((row) => [row.at, ...row.marks.map(({ at }) => at)])).toEqual([[180, 150], [240]]);
});
