import { describe, expect, it } from "vitest";
import { indent } from "../layout/indent";
import { visibleRows } from "../layout/rows";
import { someTree } from "../layout/someTrace";
import { hitTest, treeEdge } from "./hitTest";
import { layOut, plainRow, stackedRow } from "./scene";

const tree = someTree(["root", null, 0, 100], ["a", "root", 1, 50], ["b", "a", 2, 40], ["c", "root", 60, 90]);
const rows = visibleRows(tree, { closed: new Set(), unfolded: new Set() });
const window = { from: 0, to: 100 };

describe("what is under the pointer", () => {
  const plain = layOut({ treeWidth: 300, stacked: false }, { width: 1000, height: 600, scrollTop: 0 }, window);

  it("is the row at that height, also after scrolling", () => {
    expect(hitTest(plain, rows, 400, plainRow * 2.5)).toEqual({ row: 2, part: "bars" });
    expect(hitTest({ ...plain, scrollTop: plainRow }, rows, 400, plainRow * 2.5)).toEqual({ row: 3, part: "bars" });
    expect(hitTest(plain, rows, 400, plainRow * 9).row).toBe(-1);
  });

  it("is the chevron only where it stands and only in rows that open", () => {
    const x = treeEdge + indent(1, 300) + 5;
    expect(hitTest(plain, rows, x, plainRow * 1.5).part).toBe("fold");
    expect(hitTest(plain, rows, x + 60, plainRow * 1.5).part).toBe("tree");
    expect(hitTest(plain, rows, x, plainRow * 3.5).part).toBe("tree");
  });

  it("is the words above and the bar below on a phone", () => {
    const stacked = layOut({ treeWidth: 300, stacked: true }, { width: 400, height: 600, scrollTop: 0 }, window);
    expect(hitTest(stacked, rows, 350, stackedRow + 10).part).toBe("tree");
    expect(hitTest(stacked, rows, 350, stackedRow + 35).part).toBe("bars");
  });
});
