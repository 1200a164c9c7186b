const fitted = new Map<string, string>();
const mostKept = 4000;

/** The text, or as much of its beginning as fits with an ellipsis. Remembered, since every frame asks for the same rows. */
export function shorten(context: CanvasRenderingContext2D, text: string, width: number): string {
  const key = `${context.font}|${Math.floor(width)}|${text}`;
  const known = fitted.get(key);
  if (known !== undefined) {
    return known;
  }
  if (fitted.size >= mostKept) {
    fitted.clear();
  }
  const result = cut(context, text, width);
  fitted.set(key, result);
  return result;
}

function cut(context: CanvasRenderingContext2D, whole: string, width: number): string {
  const text = whole.length > 400 ? whole.slice(0, 400) : whole;
  if (width < 14) {
    return "";
  }
  if (context.measureText(text).width <= width) {
    return text;
  }
  let low = 0;
  let high = text.length;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (context.measureText(`${text.slice(0, middle)}…`).width <= width) {
      low = middle;
    } else {
      high = middle - 1;
    }
  }
  return low === 0 ? "" : `${text.slice(0, low).trimEnd()}…`;
}

const widths = new Map<string, number>();

export function widthOf(context: CanvasRenderingContext2D, text: string): number {
  const key = `${context.font}|${text}`;
  let width = widths.get(key);
  if (width === undefined) {
    if (widths.size >= mostKept) {
      widths.clear();
    }
    width = context.measureText(text).width;
    widths.set(key, width);
  }
  return width;
}

/** After another font has come: what was measured with the one before is wrong. */
export function forgetWidths(): void {
  fitted.clear();
  widths.clear();
}
