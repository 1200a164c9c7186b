import type { UsualKind } from "../../api/traceShapes";
import { duration } from "../../design/format";
import type { FoldRow, Row } from "../layout/rows";
import type { SpanNode } from "../layout/spanTree";
import { gapsOf, type Stretch, selfStretches } from "../layout/stretches";
import { isTelling } from "../usual";
import { labelFont, paintLabel, placeLabel } from "./barLabels";
import { left, thick, widthIn } from "./barPlace";
import type { Colours } from "./colours";
import type { Geometry, Scene } from "./scene";
import { errorSign } from "./signs";
import { widthOf } from "./words";

const pale = 0.36;

/** The bar of a row: pale while children ran, full for the span's own work, hatched where nothing tells what went on. */
export function paintBarRow(
  context: CanvasRenderingContext2D,
  colours: Colours,
  scene: Scene,
  geometry: Geometry,
  row: Row,
  y: number,
): void {
  const top = y + (geometry.stacked ? 27 : (geometry.rowHeight - thick) / 2);
  if (row.kind === "fold") {
    paintFoldBar(context, colours, scene, geometry, row, top);
    return;
  }
  const { node } = row;
  const x = left(geometry, node.start);
  const right = Math.max(x + 2, left(geometry, node.end));
  if (paintOutside(context, colours, geometry, x, right, top + thick / 2)) {
    return;
  }
  context.globalAlpha = scene.found && !scene.found.has(node) ? 0.3 : 1;
  const uprights = paintUsual(context, colours, geometry, node, scene.usual?.(node.span), top);
  const lastSign = node.errors.length > 0 ? left(geometry, lastError(scene, node)) + 7 : 0;
  const label = placeLabel(context, colours, geometry, duration(node.span.duration), x, Math.max(right, lastSign));
  paintBody(context, colours, scene, geometry, node, { x, right, top, free: label.inside ? label.x - 4 : right });
  for (const { from, to } of scene.path?.get(node) ?? []) {
    context.fillStyle = colours.ink;
    context.fillRect(left(geometry, from), top + thick - 2, Math.max(1.5, widthIn(geometry, { from, to })), 2.5);
  }
  if (node.span.failed) {
    context.strokeStyle = colours.error;
    context.lineWidth = 1.5;
    context.strokeRect(x + 0.25, top + 0.25, Math.max(2, right - x) - 0.5, thick - 0.5);
  }
  for (const error of node.errors) {
    errorSign(context, colours, left(geometry, (error.timestamp - scene.tree.start) * 1000), top + thick / 2);
  }
  paintLabel(context, colours, label, top, uprights);
  context.globalAlpha = 1;
}

/** A bar outside the shown time leaves an arrow at the side where it is. */
function paintOutside(
  context: CanvasRenderingContext2D,
  colours: Colours,
  geometry: Geometry,
  x: number,
  right: number,
  middle: number,
): boolean {
  const edge = geometry.barsLeft + geometry.barsWidth;
  const before = right < geometry.barsLeft;
  if (!before && x <= edge) {
    return false;
  }
  const tip = before ? geometry.barsLeft - 6 : edge + 6;
  const back = before ? tip + 5 : tip - 5;
  context.beginPath();
  context.moveTo(tip, middle);
  context.lineTo(back, middle - 4);
  context.lineTo(back, middle + 4);
  context.fillStyle = colours.ink3;
  context.fill();
  return true;
}

/** Where a bar lies, and up to where words may stand on it. */
interface Bar {
  x: number;
  right: number;
  top: number;
  free: number;
}

const lastError = (scene: Scene, node: SpanNode) =>
  node.errors.reduce((last, error) => Math.max(last, (error.timestamp - scene.tree.start) * 1000), 0);

function paintBody(
  context: CanvasRenderingContext2D,
  colours: Colours,
  scene: Scene,
  geometry: Geometry,
  node: SpanNode,
  { x, right, top, free }: Bar,
): void {
  const colour = scene.lanes.get(node.lane) ?? colours.bar;
  const alpha = context.globalAlpha;
  context.fillStyle = colour;
  context.globalAlpha = alpha * pale;
  context.fillRect(x, top, right - x, thick);
  context.globalAlpha = alpha;
  const gaps = scene.tree.complete ? gapsOf(node) : [];
  // Thousands of short stretches share a pixel: each pixel is painted once.
  let painted = Number.NEGATIVE_INFINITY;
  for (const stretch of selfStretches(node)) {
    const from = left(geometry, stretch.from);
    const to = Math.min(Math.max(from + 1, left(geometry, stretch.to)), Math.max(right, from + 1));
    if (to > painted && to > geometry.barsLeft - 20 && from < geometry.width && !gaps.includes(stretch)) {
      context.fillRect(Math.max(from, painted), top, to - Math.max(from, painted), thick);
      painted = to;
    }
  }
  for (const gap of gaps) {
    paintGap(context, colours, geometry, gap, colour, top, free);
  }
  if (node.orphan) {
    context.setLineDash([3, 3]);
    context.strokeStyle = colours.ink2;
    context.lineWidth = 1;
    context.strokeRect(x - 1.5, top - 1.5, right - x + 3, thick + 3);
    context.setLineDash([]);
  }
}

function paintGap(
  context: CanvasRenderingContext2D,
  colours: Colours,
  geometry: Geometry,
  gap: Stretch,
  colour: string,
  top: number,
  free: number,
): void {
  const x = Math.max(geometry.barsLeft - 20, left(geometry, gap.from));
  const to = Math.min(geometry.width, left(geometry, gap.to));
  if (to - x < 2) {
    return;
  }
  context.save();
  context.beginPath();
  context.rect(x, top, to - x, thick);
  context.clip();
  context.strokeStyle = colour;
  context.lineWidth = 1.5;
  context.beginPath();
  for (let at = Math.floor(x / 7) * 7 - thick; at < to; at += 7) {
    context.moveTo(at, top + thick);
    context.lineTo(at + thick, top);
  }
  context.stroke();
  context.restore();
  context.font = labelFont(colours);
  const length = duration(gap.to - gap.from);
  const end = Math.min(to, free);
  const text = [`${length} un-instrumented`, length].find((words) => widthOf(context, words) + 18 < end - x);
  if (text) {
    const room = widthOf(context, text) + 10;
    const at = (x + end - room) / 2;
    context.fillStyle = colours.page;
    context.fillRect(at, top + 1, room, thick - 2);
    context.fillStyle = colours.ink2;
    context.fillText(text, at + 5, top + thick / 2 + 0.5);
  }
}

/** Under the bar: a line to the 95th percentile of the span's group, with a tick at its median; returns where both stand. */
function paintUsual(
  context: CanvasRenderingContext2D,
  colours: Colours,
  geometry: Geometry,
  node: SpanNode,
  usual: UsualKind | undefined,
  top: number,
): number[] {
  if (!isTelling(usual)) {
    return [];
  }
  const x = left(geometry, node.start);
  const end = left(geometry, node.start + usual.p95);
  if (end - x < 3) {
    return [];
  }
  const half = Math.round(left(geometry, node.start + usual.p50));
  context.strokeStyle = colours.ink3;
  context.lineWidth = 1;
  context.setLineDash([]);
  context.globalAlpha *= 0.75;
  context.strokeRect(Math.round(x) - 0.5, top - 2.5, Math.round(end - x) + 1, thick + 5);
  context.fillStyle = colours.ink3;
  context.fillRect(half, top - 3, 1.5, thick + 6);
  context.globalAlpha /= 0.75;
  return [half, Math.round(end)];
}

function paintFoldBar(
  context: CanvasRenderingContext2D,
  colours: Colours,
  scene: Scene,
  geometry: Geometry,
  row: FoldRow,
  top: number,
): void {
  const { fold } = row;
  const colour = scene.lanes.get(fold.members[0]?.lane ?? "") ?? colours.bar;
  const x = left(geometry, fold.start);
  const right = Math.max(x + 2, left(geometry, fold.end));
  if (paintOutside(context, colours, geometry, x, right, top + thick / 2)) {
    return;
  }
  const { found } = scene;
  const strength = found && !fold.members.some((member) => found.has(member)) ? 0.3 : 1;
  context.fillStyle = colour;
  context.globalAlpha = 0.22 * strength;
  context.fillRect(x, top, right - x, thick);
  context.globalAlpha = strength;
  let painted = Number.NEGATIVE_INFINITY;
  for (const member of fold.members) {
    const start = left(geometry, member.start);
    const to = Math.max(start + 1, left(geometry, member.end));
    if (to > painted && to > geometry.barsLeft - 20 && start < geometry.width) {
      const from = Math.max(start, painted);
      context.fillStyle = member.span.failed ? colours.error : colour;
      context.fillRect(from, top + 2, to - from - (to - from > 3 ? 0.75 : 0), thick - 4);
      painted = to;
    }
  }
  const label = placeLabel(context, colours, geometry, `${duration(fold.total)} in all`, x, right);
  paintLabel(context, colours, label, top, []);
  context.globalAlpha = 1;
}
