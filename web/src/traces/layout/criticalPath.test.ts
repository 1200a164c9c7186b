import { describe, expect, it } from "vitest";
import { criticalPath, waitedFor } from "./criticalPath";
import { someTree } from "./someTrace";

function waits(...spans: Parameters<typeof someTree>): Record<string, number> {
  const tree = someTree(...spans);
  const path = criticalPath(tree);
  return Object.fromEntries([...path.keys()].map((node) => [node.span.span_id, Math.round(waitedFor(path, node))]));
}

describe("the critical path", () => {
  it("adds up to the time of the root", () => {
    const found = waits(
      ["root", null, 0, 100],
      ["first", "root", 5, 40],
      ["second", "root", 45, 95],
      ["inner", "second", 50, 90],
    );
    expect(found).toEqual({ root: 15, first: 35, second: 10, inner: 40 });
    expect(Object.values(found).reduce((sum, one) => sum + one, 0)).toBe(100);
  });

  it("follows the slower of two that ran side by side", () => {
    expect(waits(["root", null, 0, 100], ["fast", "root", 10, 50], ["slow", "root", 10, 90])).toEqual({
      root: 20,
      slow: 80,
    });
  });

  it("holds a child that overhangs its parent to the parent's time", () => {
    expect(waits(["root", null, 0, 100], ["late", "root", 80, 160])).toEqual({ root: 80, late: 20 });
  });

  it("starts at the longest root", () => {
    expect(waits(["short", null, 0, 10], ["long", null, 5, 90])).toEqual({ long: 85 });
  });

  it("is nothing for a trace without spans", () => {
    expect(criticalPath({ ...someTree(["root", null, 0, 1]), roots: [], all: [] }).size).toBe(0);
  });
});
