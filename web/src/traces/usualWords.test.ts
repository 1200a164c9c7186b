import { expect, it } from "vitest";
import type { UsualKind } from "../api/traceShapes";
import { usualWords } from "./usualWords";

const usual = (p50: number, p95: number): UsualKind => ({
  project: "shop",
  transaction: null,
  group: "1",
  count: 9,
  p50,
  p95,
});

it("tells how much longer than usual a span took", () => {
  expect(usualWords(544, usual(6, 31))).toBe("6.0 ms, p95 31 ms: this one took 91 × as long");
  expect(usualWords(250, usual(100, 200))).toBe("100 ms, p95 200 ms: this one took 2.5 × as long");
});

it("says no more of one within the usual", () => {
  expect(usualWords(190, usual(100, 200))).toBe("100 ms, p95 200 ms");
});

it("says nothing where there is nothing to compare with", () => {
  expect(usualWords(5, undefined)).toBeUndefined();
  expect(usualWords(880, usual(880, 880))).toBeUndefined();
});
