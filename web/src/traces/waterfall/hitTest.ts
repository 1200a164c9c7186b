import { indent } from "../layout/indent";
import type { Row } from "../layout/rows";
import type { Geometry } from "./scene";

export type HitPart = "fold" | "tree" | "bars";

export interface Hit {
  /** -1 below the last row. */
  row: number;
  part: HitPart;
}

const chevronWidth = 20;
export const treeEdge = 8;

/** What is under a point of the canvas. */
export function hitTest(geometry: Geometry, rows: readonly Row[], x: number, y: number): Hit {
  const at = Math.floor((y + geometry.scrollTop) / geometry.rowHeight);
  const row = rows[at];
  if (!row) {
    return { row: -1, part: x < geometry.treeWidth ? "tree" : "bars" };
  }
  const { stacked, treeWidth, rowHeight } = geometry;
  const left = treeEdge + indent(row.depth, treeWidth);
  const inWords = stacked ? (y + geometry.scrollTop) % rowHeight < rowHeight * 0.6 : x < treeWidth;
  if (!inWords) {
    return { row: at, part: "bars" };
  }
  const onChevron = row.opens && x >= left - 4 && x < left + chevronWidth;
  return { row: at, part: onChevron || row.kind === "fold" ? "fold" : "tree" };
}
