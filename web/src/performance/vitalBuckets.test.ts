import { expect, it } from "vitest";
import { bucketsOf, countAll, countUpTo, edgesOf, longest } from "./vitalBuckets";

const google = { good: 2500, poor: 4000 };

it("ends bars at the limits of good and poor", () => {
  const edges = edgesOf(google);
  expect(edges).toContain(2500);
  expect(edges).toContain(4000);
  expect(edges).toEqual(edges.toSorted((a, b) => a - b));
  expect(edgesOf({ good: 0.1, poor: 0.25 }).slice(0, 6)).toEqual([0.02, 0.04, 0.06, 0.08, 0.1, 0.13]);
});

it("takes each bar from the counts up to its ends, and what is longer as one more", () => {
  const edges = edgesOf(google);
  const upTo = Object.fromEntries(edges.map((edge, index) => [countUpTo("lcp", edge), index * 10]));
  const bars = bucketsOf("lcp", edges, { ...upTo, [countAll("lcp")]: 147, [longest("lcp")]: 12_000 });
  expect(bars).toHaveLength(edges.length + 1);
  expect(bars[0]).toEqual({ from: 0, to: 500, count: 0 });
  expect(bars[1]).toEqual({ from: 500, to: 1000, count: 10 });
  expect(bars.at(-1)).toEqual({ from: 8000, to: 12_000, count: 7 });
  expect(bars.reduce((sum, bar) => sum + bar.count, 0)).toBe(147);
});

it("leaves out the poor end where nothing is, but not the limits", () => {
  const edges = edgesOf(google);
  const upTo = Object.fromEntries(edges.map((edge) => [countUpTo("lcp", edge), 5]));
  const bars = bucketsOf("lcp", edges, { ...upTo, [countAll("lcp")]: 5, [longest("lcp")]: 300 });
  expect(bars.at(-1)?.to).toBe(4000);
});
