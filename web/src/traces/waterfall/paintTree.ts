import { indent } from "../layout/indent";
import type { Row, SpanRow } from "../layout/rows";
import type { Colours } from "./colours";
import { treeEdge } from "./hitTest";
import type { Geometry, Scene } from "./scene";
import { chevron, errorSign, hiddenErrorSign } from "./signs";
import { shorten, widthOf } from "./words";

const narrowColumn = 300;
const mostGuides = 48;

/** One row of the tree: guides, chevron, service where it changes, what was done, and a sign when it failed. */
export function paintTreeRow(
  context: CanvasRenderingContext2D,
  colours: Colours,
  scene: Scene,
  geometry: Geometry,
  index: number,
  y: number,
): void {
  const row = scene.rows[index];
  if (!row) {
    return;
  }
  const middle = y + (geometry.stacked ? 14 : geometry.rowHeight / 2);
  paintGuides(context, colours, scene, geometry, row, y, middle);
  let x = treeEdge + indent(row.depth, geometry.treeWidth);
  if (row.opens) {
    context.strokeStyle = colours.ink2;
    chevron(context, x + 5, middle, row.open);
  }
  x += 15;
  const right = geometry.treeWidth - 10 - paintTrouble(context, colours, geometry, row, middle);
  if (row.kind === "fold") {
    paintFold(context, colours, row, x, middle, right);
  } else {
    paintSpan(context, colours, scene, geometry, row, x, middle, right);
  }
}

function paintSpan(
  context: CanvasRenderingContext2D,
  colours: Colours,
  scene: Scene,
  geometry: Geometry,
  row: SpanRow,
  left: number,
  middle: number,
  right: number,
): void {
  const { node } = row;
  let x = left;
  const dim = scene.found && !scene.found.has(node);
  const newLane = node.span.is_segment || !node.parent || node.parent.lane !== node.lane;
  if (newLane) {
    context.font = `600 12px ${colours.font}`;
    context.fillStyle = scene.lanes.get(node.lane) ?? colours.bar;
    context.fillRect(x, middle - 6, 3, 12);
    x += 8;
    context.fillStyle = dim ? colours.ink3 : colours.ink;
    const name = shorten(context, node.lane, Math.min(130, (right - x) * 0.5));
    context.fillText(name, x, middle);
    x += widthOf(context, name) + 7;
  }
  const { op, description } = node.span;
  const words = description || node.span.transaction || "";
  context.font = `400 12px ${colours.font}`;
  if (op && op !== "default" && !(newLane && geometry.treeWidth < narrowColumn)) {
    const shown = shorten(
      context,
      geometry.treeWidth < narrowColumn && words ? (op.split(".")[0] ?? op) : op,
      right - x,
    );
    context.fillStyle = colours.ink3;
    context.fillText(shown, x, middle);
    x += widthOf(context, shown) + 7;
  }
  context.font = `${newLane ? 500 : 400} 13px ${colours.font}`;
  context.fillStyle = dim ? colours.ink3 : colours.ink;
  const hidden = row.opens && !row.open ? `${node.size}` : "";
  const room = right - x - (hidden ? widthOf(context, hidden) + 14 : 0);
  const text = shorten(context, words, room);
  context.fillText(text, x, middle);
  if (hidden) {
    paintCount(context, colours, hidden, Math.min(right, x + widthOf(context, text) + 8), middle);
  }
}

function paintFold(
  context: CanvasRenderingContext2D,
  colours: Colours,
  row: Extract<Row, { kind: "fold" }>,
  left: number,
  middle: number,
  right: number,
): void {
  const count = `× ${row.fold.members.length}`;
  context.font = `600 12px ${colours.font}`;
  const room = widthOf(context, count) + 10;
  context.fillStyle = colours.ink;
  context.fillText(count, left, middle);
  context.font = `400 13px ${colours.font}`;
  context.fillStyle = colours.ink2;
  context.fillText(shorten(context, row.fold.words, right - left - room), left + room, middle);
}

/** How many rows a closed one hides. */
function paintCount(
  context: CanvasRenderingContext2D,
  colours: Colours,
  count: string,
  x: number,
  middle: number,
): void {
  context.font = `500 11px ${colours.font}`;
  const width = widthOf(context, count) + 8;
  context.beginPath();
  context.roundRect(x, middle - 7.5, width, 15, 4);
  context.fillStyle = colours.line;
  context.fill();
  context.fillStyle = colours.ink2;
  context.fillText(count, x + 4, middle);
}

/** Returns the room it took at the right. */
function paintTrouble(
  context: CanvasRenderingContext2D,
  colours: Colours,
  geometry: Geometry,
  row: Row,
  middle: number,
): number {
  const x = geometry.treeWidth - 14;
  const own = row.kind === "span" && (row.node.errors.length > 0 || row.node.span.failed);
  const below = row.open ? 0 : row.kind === "fold" ? row.fold.trouble : row.node.troubleBelow;
  if (own) {
    errorSign(context, colours, x, middle);
  } else if (below > 0) {
    hiddenErrorSign(context, colours, x, middle);
  }
  return own || below > 0 ? 14 : 0;
}

/** The lines that tie a row to what it hangs under. Those of orphans are dashed. */
function paintGuides(
  context: CanvasRenderingContext2D,
  colours: Colours,
  scene: Scene,
  geometry: Geometry,
  row: Row,
  y: number,
  middle: number,
): void {
  context.strokeStyle = colours.lineStrong;
  context.lineWidth = 1;
  context.beginPath();
  const stem = (depth: number) => Math.round(treeEdge + indent(depth, geometry.treeWidth) + 5) + 0.5;
  if (row.depth > 0) {
    const x = stem(row.depth - 1);
    context.moveTo(x, y);
    context.lineTo(x, row.last ? Math.round(middle) + 0.5 : y + geometry.rowHeight);
    context.moveTo(x, Math.round(middle) + 0.5);
    context.lineTo(treeEdge + indent(row.depth, geometry.treeWidth) + (row.opens ? -1 : 11), Math.round(middle) + 0.5);
  }
  if (row.open) {
    context.moveTo(stem(row.depth), middle + 5);
    context.lineTo(stem(row.depth), y + geometry.rowHeight);
  }
  let above = scene.rows[row.parent];
  for (let count = 0; above && above.depth > 0 && count < mostGuides; count++) {
    if (!above.last) {
      context.moveTo(stem(above.depth - 1), y);
      context.lineTo(stem(above.depth - 1), y + geometry.rowHeight);
    }
    above = scene.rows[above.parent];
  }
  context.stroke();
  if (row.kind === "span" && row.node.orphan) {
    context.setLineDash([2, 3]);
    context.beginPath();
    context.moveTo(2.5, y + 2);
    context.lineTo(2.5, middle);
    context.lineTo(treeEdge + (row.opens ? 0 : 11), middle);
    context.strokeStyle = colours.ink3;
    context.stroke();
    context.setLineDash([]);
  }
}
