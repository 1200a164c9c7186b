import { ticks, toX } from "../layout/timeWindow";
import type { Colours } from "./colours";
import { paintBarRow } from "./paintBars";
import { paintTreeRow } from "./paintTree";
import type { Geometry, Scene } from "./scene";
import { ratingColour } from "./signs";

/** The pointer: the row it is on (-1: none) and its place on the canvas. */
export interface Pointer {
  row: number;
  x: number;
}

/** Paints the rows in sight and nothing else. */
export function paintRows(
  context: CanvasRenderingContext2D,
  colours: Colours,
  scene: Scene,
  geometry: Geometry,
  pointer: Pointer,
): void {
  const { width, height, rowHeight, scrollTop, treeWidth, stacked } = geometry;
  context.clearRect(0, 0, width, height);
  context.textBaseline = "middle";
  const first = Math.max(0, Math.floor(scrollTop / rowHeight));
  const last = Math.min(scene.rows.length - 1, Math.floor((scrollTop + height) / rowHeight));
  const top = (index: number) => index * rowHeight - scrollTop;
  for (let index = first; index <= last; index++) {
    paintGround(context, colours, scene, geometry, index, top(index), pointer.row === index);
  }
  paintMoments(context, colours, scene, geometry);
  context.save();
  context.beginPath();
  context.rect(stacked ? 0 : treeWidth, 0, width, height);
  context.clip();
  for (let index = first; index <= last; index++) {
    const row = scene.rows[index];
    if (row) {
      paintBarRow(context, colours, scene, geometry, row, top(index));
    }
  }
  context.restore();
  for (let index = first; index <= last; index++) {
    paintTreeRow(context, colours, scene, geometry, index, top(index));
  }
  if (!stacked) {
    context.fillStyle = colours.lineStrong;
    context.fillRect(Math.round(treeWidth), 0, 1, height);
  }
  if (pointer.x > geometry.barsLeft && pointer.row >= 0 && !stacked) {
    context.fillStyle = colours.ink3;
    context.fillRect(Math.round(pointer.x), 0, 1, height);
  }
}

function paintGround(
  context: CanvasRenderingContext2D,
  colours: Colours,
  scene: Scene,
  geometry: Geometry,
  index: number,
  y: number,
  hovered: boolean,
): void {
  const row = scene.rows[index];
  const selected = row?.kind === "span" && scene.selected !== undefined && row.node.span.span_id === scene.selected;
  if (selected || hovered) {
    context.fillStyle = selected ? colours.selected : colours.hover;
    context.fillRect(0, y, geometry.width, geometry.rowHeight);
  }
  if (geometry.stacked) {
    context.fillStyle = colours.line;
    context.fillRect(0, y + geometry.rowHeight - 1, geometry.width, 1);
  }
  if (row?.kind === "span" && scene.found?.has(row.node)) {
    context.fillStyle = colours.accent;
    context.fillRect(0, y + 3, 2, geometry.rowHeight - 6);
  }
  if (index === scene.cursor) {
    context.strokeStyle = colours.accent;
    context.lineWidth = 1.5;
    context.strokeRect(0.75, y + 0.75, geometry.width - 1.5, geometry.rowHeight - 1.5);
  }
}

/** Grid lines, and where the page painted what its visitor saw. */
function paintMoments(context: CanvasRenderingContext2D, colours: Colours, scene: Scene, geometry: Geometry): void {
  const x = (at: number) => Math.round(geometry.barsLeft + toX(geometry.window, geometry.barsWidth, at));
  context.fillStyle = colours.line;
  for (const tick of ticks(geometry.window, geometry.barsWidth)) {
    context.fillRect(x(tick.at), 0, 1, geometry.height);
  }
  context.lineWidth = 1;
  context.setLineDash([4, 4]);
  // On a phone they run behind words.
  context.globalAlpha = geometry.stacked ? 0.3 : 1;
  for (const vital of scene.vitals) {
    if (vital.at !== undefined && vital.at >= geometry.window.from && vital.at <= geometry.window.to) {
      context.strokeStyle = ratingColour(colours, vital.rating);
      context.beginPath();
      context.moveTo(x(vital.at) + 0.5, 0);
      context.lineTo(x(vital.at) + 0.5, geometry.height);
      context.stroke();
    }
  }
  context.setLineDash([]);
  context.globalAlpha = 1;
}
