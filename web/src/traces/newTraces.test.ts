import { expect, it } from "vitest";
import { countNew } from "./useNewTraces";

const traces = (...all: [id: string, start: number][]) => all.map(([trace_id, start]) => ({ trace_id, start }));

it("counts traces that are newer than the list, each once", () => {
  expect(countNew({}, traces(["d", 40], ["c", 30], ["a", 5]), traces(["c", 30], ["b", 20]))).toBe(1);
});

it("counts none as new in another order than newest first", () => {
  expect(countNew({ sort: "duration" }, traces(["d", 40]), traces(["b", 20]))).toBe(0);
});
