import type uPlot from "uplot";
import type { TimeMark } from "./timeSeries";

/** Thin verticals with a flag; the flag carries the name where it does not run into the one before. */
export function drawMarks(plot: uPlot, marks: readonly TimeMark[], look: { line: string; font: string }): void {
  const { ctx, bbox } = plot;
  const unit = devicePixelRatio;
  const top = bbox.top;
  let free = Number.NEGATIVE_INFINITY;
  ctx.save();
  ctx.strokeStyle = look.line;
  ctx.fillStyle = look.line;
  ctx.lineWidth = unit;
  ctx.font = `${10 * unit}px ${look.font}`;
  ctx.textBaseline = "top";
  for (const mark of marks.toSorted((a, b) => a.at - b.at)) {
    const x = Math.round(plot.valToPos(mark.at, "x", true)) + 0.5;
    if (x < bbox.left || x > bbox.left + bbox.width) {
      continue;
    }
    ctx.globalAlpha = 0.55;
    ctx.setLineDash(mark.kind === "deploy" ? [] : [2 * unit, 3 * unit]);
    ctx.beginPath();
    ctx.moveTo(x, top);
    ctx.lineTo(x, top + bbox.height);
    ctx.stroke();
    ctx.globalAlpha = 1;
    ctx.beginPath();
    ctx.moveTo(x, top);
    ctx.lineTo(x + 6 * unit, top + 3 * unit);
    ctx.lineTo(x, top + 6 * unit);
    ctx.fill();
    const name = shortVersion(mark.label);
    const width = ctx.measureText(name).width + 10 * unit;
    const right = x + width < bbox.left + bbox.width;
    if (x > free && right) {
      ctx.textAlign = "left";
      ctx.fillText(name, x + 8 * unit, top);
      free = x + width;
    } else if (!right && x - width > free) {
      ctx.textAlign = "right";
      ctx.fillText(name, x - 4 * unit, top);
      free = x;
    }
  }
  ctx.restore();
}

/** The mark within a few pixels of the pointer. */
export function markNear(plot: uPlot, marks: readonly TimeMark[], left: number): TimeMark | undefined {
  return marks.find((mark) => Math.abs(plot.valToPos(mark.at, "x") - left) < 5);
}

/** `shop@5.2.0+84` as `5.2.0`, a commit as its first seven letters. */
export function shortVersion(version: string): string {
  const name = version.replace(/^[^@]*@/, "").replace(/\+.*$/, "");
  return /^[0-9a-f]{16,}$/.test(name) ? name.slice(0, 7) : name.length > 18 ? `${name.slice(0, 17)}…` : name;
}
