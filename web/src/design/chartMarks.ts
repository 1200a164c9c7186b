import type uPlot from "uplot";
import type { TimeMark } from "./timeSeries";

export interface MarkLook {
  line: string;
  /** Of what something became worse with. */
  worse: string;
  font: string;
}

/** Thin verticals with a flag; the flag carries the name where it does not run into the one before. */
export function drawMarks(plot: uPlot, marks: readonly TimeMark[], look: MarkLook): void {
  const { ctx, bbox } = plot;
  const unit = devicePixelRatio;
  const top = bbox.top;
  ctx.save();
  ctx.lineWidth = unit;
  ctx.font = `${10 * unit}px ${look.font}`;
  ctx.textBaseline = "top";
  const right = bbox.left + bbox.width;
  const shown = marks
    .toSorted((a, b) => a.at - b.at)
    .map((mark) => ({ mark, name: nameOf(mark), place: plot.valToPos(mark.at, "x", true) }))
    .filter(({ place }) => place >= bbox.left && place <= right)
    // What came a moment ago stands at the edge, and is the one that people look for.
    .map((one) => ({ ...one, x: Math.min(Math.round(one.place) + 0.5, right) }));
  const sides = labelSides(
    shown.map(({ x, name }) => ({ x, width: ctx.measureText(name).width + 10 * unit })),
    right,
    8 * unit,
  );
  for (const [index, { mark, name, x }] of shown.entries()) {
    const colour = mark.worse ? look.worse : look.line;
    ctx.strokeStyle = colour;
    ctx.fillStyle = colour;
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
    if (sides[index] === "right") {
      ctx.textAlign = "left";
      ctx.fillText(name, x + 8 * unit, top);
    } else if (sides[index] === "left") {
      ctx.textAlign = "right";
      ctx.fillText(name, x - 4 * unit, top);
    }
  }
  ctx.restore();
}

/**
 * On which side of its flag each name stands so that it runs into no other name or flag, nor over the end; undefined where
 * there is no room for it. Marks come from left to right; those closer than a flag is wide share one.
 */
export function labelSides(
  marks: readonly { x: number; width: number }[],
  end: number,
  flag: number,
): ("left" | "right" | undefined)[] {
  let free = Number.NEGATIVE_INFINITY;
  return marks.map(({ x, width }) => {
    const next = marks.find((other) => other.x > x + flag)?.x ?? end;
    const before = marks.findLast((other) => other.x < x - flag);
    const left = Math.max(free, before ? before.x + flag : Number.NEGATIVE_INFINITY, 0);
    if (x <= free) {
      return undefined;
    }
    if (x + width < Math.min(next, end)) {
      free = x + width;
      return "right";
    }
    if (x - width > left) {
      free = x + flag;
      return "left";
    }
    return undefined;
  });
}

/** A sign says it as well, for those who do not see the colour. */
const nameOf = ({ label, worse }: TimeMark): string => `${worse ? "▲ " : ""}${shortVersion(label)}`;

/** The mark within a few pixels of the pointer. */
export function markNear(plot: uPlot, marks: readonly TimeMark[], left: number): TimeMark | undefined {
  return marks.find((mark) => Math.abs(plot.valToPos(mark.at, "x") - left) < 5);
}

/** `shop@5.2.0+84` as `5.2.0`, a commit as its first seven letters. */
export function shortVersion(version: string): string {
  const name = version.replace(/^[^@]*@/, "").replace(/\+.*$/, "");
  return /^[0-9a-f]{16,}$/.test(name) ? name.slice(0, 7) : name.length > 18 ? `${name.slice(0, 17)}…` : name;
}
