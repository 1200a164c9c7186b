import type { CriticalPath } from "../layout/criticalPath";
import type { Row } from "../layout/rows";
import type { SpanNode, SpanTree } from "../layout/spanTree";
import type { TimeWindow } from "../layout/timeWindow";
import type { VitalMark } from "../layout/vitals";
import type { UsualOf } from "../usual";

/** Everything the canvas shows; the rows that are in sight are cut out of it when it is painted. */
export interface Scene {
  tree: SpanTree;
  rows: readonly Row[];
  /** The colour of each service. */
  lanes: ReadonlyMap<string, string>;
  /** Absent when it is not to be shown. */
  path: CriticalPath | undefined;
  /** Stands under the bars; absent when it is not to be shown, or has not come yet. */
  usual: UsualOf | undefined;
  /** What the search found; absent without a search. */
  found: ReadonlySet<SpanNode> | undefined;
  /** The row of the keyboard; -1: none. */
  cursor: number;
  selected: string | undefined;
  vitals: readonly VitalMark[];
  /** The width of the tree in pixels. */
  treeWidth: number;
  /** On a phone the bar stands below the words, over the full width. */
  stacked: boolean;
}

/** Where things lie on the canvas, in CSS pixels. */
export interface Geometry {
  width: number;
  height: number;
  rowHeight: number;
  /** Where the words of the tree end. */
  treeWidth: number;
  barsLeft: number;
  barsWidth: number;
  scrollTop: number;
  window: TimeWindow;
  stacked: boolean;
}

export const stackedRow = 46;
export const plainRow = 26;
const edge = 12;

export function layOut(
  scene: Pick<Scene, "treeWidth" | "stacked">,
  place: { width: number; height: number; scrollTop: number },
  window: TimeWindow,
): Geometry {
  const { stacked } = scene;
  const treeWidth = stacked ? place.width : Math.min(scene.treeWidth, place.width - 120);
  const barsLeft = stacked ? edge : treeWidth + edge;
  return {
    ...place,
    window,
    stacked,
    treeWidth,
    barsLeft,
    barsWidth: Math.max(40, place.width - barsLeft - edge),
    rowHeight: stacked ? stackedRow : plainRow,
  };
}
