import type { Stretch } from "../layout/stretches";
import { toX } from "../layout/timeWindow";
import type { Geometry } from "./scene";

/** How thick a bar is, in pixels. */
export const thick = 14;

/** Where a moment of the trace lies on the canvas. */
export function left(geometry: Geometry, at: number): number {
  // Far outside the window the numbers grow without sense; a canvas only needs to know that it is outside.
  const x = geometry.barsLeft + toX(geometry.window, geometry.barsWidth, at);
  return Math.max(-1000, Math.min(geometry.width + 1000, x));
}

export function widthIn(geometry: Geometry, { from, to }: Stretch): number {
  return left(geometry, to) - left(geometry, from);
}
