import { thick } from "./barPlace";
import type { Colours } from "./colours";
import type { Geometry } from "./scene";
import { widthOf } from "./words";

export const labelFont = (colours: Colours) => `400 11px ${colours.font}`;

interface Label {
  text: string;
  x: number;
  width: number;
  /** It stands on the bar. */
  inside: boolean;
}

/** The duration right of the bar; left of it, or inside, where there is no room. */
export function placeLabel(
  context: CanvasRenderingContext2D,
  colours: Colours,
  geometry: Geometry,
  text: string,
  x: number,
  right: number,
): Label {
  context.font = labelFont(colours);
  const width = widthOf(context, text);
  const edge = geometry.barsLeft + geometry.barsWidth;
  if (right + 5 + width <= edge + 8) {
    return { text, width, x: right + 5, inside: false };
  }
  return x - 5 - width >= geometry.barsLeft
    ? { text, width, x: x - 5 - width, inside: false }
    : { text, width, x: Math.min(right, edge) - width - 6, inside: true };
}

/** Uprights: where lines stand that would run through the text. */
export function paintLabel(
  context: CanvasRenderingContext2D,
  colours: Colours,
  label: Label,
  top: number,
  uprights: readonly number[],
): void {
  context.font = labelFont(colours);
  if (label.inside || uprights.some((x) => x > label.x - 3 && x < label.x + label.width + 2)) {
    context.fillStyle = colours.page;
    context.globalAlpha *= 0.86;
    context.fillRect(label.x - 4, top + 1, label.width + 8, thick - 2);
    context.globalAlpha /= 0.86;
  }
  context.fillStyle = label.inside ? colours.ink : colours.ink2;
  context.fillText(label.text, label.x, top + thick / 2 + 0.5);
}
