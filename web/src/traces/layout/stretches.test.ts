import { describe, expect, it } from "vitest";
import { someTree } from "./someTrace";
import { gapsOf, selfStretches } from "./stretches";

function rootOf(...spans: Parameters<typeof someTree>) {
  const root = someTree(...spans).roots[0];
  if (!root) {
    throw new Error("no root");
  }
  return root;
}

const rounded = (stretches: { from: number; to: number }[]) =>
  stretches.map(({ from, to }) => [Math.round(from), Math.round(to)]);

describe("self time", () => {
  it("is what no child covers, overlapping and overhanging children included", () => {
    const root = rootOf(
      ["root", null, 0, 100],
      ["a", "root", 10, 40],
      ["b", "root", 30, 50],
      ["inside", "root", 35, 45],
      ["over", "root", 90, 140],
    );
    expect(rounded(selfStretches(root))).toEqual([
      [0, 10],
      [50, 90],
    ]);
  });

  it("is the whole of a span without children, which is no gap", () => {
    const root = rootOf(["root", null, 0, 100]);
    expect(rounded(selfStretches(root))).toEqual([[0, 100]]);
    expect(gapsOf(root)).toEqual([]);
  });
});

describe("gaps", () => {
  it("are at least 10 ms and a tenth of the span", () => {
    const root = rootOf(["root", null, 0, 400], ["a", "root", 9, 300], ["b", "root", 335, 350]);
    // 9 ms at the beginning and 35 ms in the middle are too short; the 50 ms at the end are not.
    expect(rounded(gapsOf(root))).toEqual([[350, 400]]);
    const short = rootOf(["root", null, 0, 20], ["a", "root", 8, 20]);
    expect(gapsOf(short)).toEqual([]);
  });
});
