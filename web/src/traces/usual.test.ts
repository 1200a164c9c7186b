import { expect, it } from "vitest";
import type { UsualKind } from "../api/traceShapes";
import { someSpan } from "./layout/someTrace";
import { isTelling, usualOf } from "./usual";

const kind = (more: Partial<UsualKind>): UsualKind => ({
  project: "shop",
  transaction: null,
  group: null,
  count: 9,
  p50: 10,
  p95: 20,
  ...more,
});
const usual = usualOf([
  kind({ transaction: "GET /cart", p50: 1 }),
  kind({ group: "000000000000004d", p50: 2 }),
  kind({ project: "stock", group: "000000000000004d", p50: 3 }),
]);

it("compares a segment with its transaction and another span with its group", () => {
  const more = { transaction: "GET /cart", group: "000000000000004d" };
  expect(usual(someSpan(["a", null, 0, 1, { ...more, is_segment: true }]))?.p50).toBe(1);
  expect(usual(someSpan(["b", "a", 0, 1, more]))?.p50).toBe(2);
  expect(usual(someSpan(["c", "a", 0, 1, { ...more, project: "stock" }]))?.p50).toBe(3);
});

it("knows nothing of a span without group, nor of another kind", () => {
  expect(usual(someSpan(["a", null, 0, 1, { transaction: "GET /cart" }]))).toBeUndefined();
  expect(usual(someSpan(["b", null, 0, 1, { transaction: "GET /", is_segment: true }]))).toBeUndefined();
});

it("says that equal durations tell nothing", () => {
  expect(isTelling(kind({ p50: 5, p95: 5 }))).toBe(false);
  expect(isTelling(undefined)).toBe(false);
  expect(isTelling(kind({}))).toBe(true);
});
