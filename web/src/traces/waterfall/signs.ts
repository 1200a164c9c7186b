import type { Rating } from "../layout/vitals";
import type { Colours } from "./colours";

/** A filled disc with an exclamation mark: an error happened here. */
export function errorSign(context: CanvasRenderingContext2D, colours: Colours, x: number, y: number): void {
  context.beginPath();
  context.arc(x, y, 5.5, 0, Math.PI * 2);
  context.fillStyle = colours.error;
  context.fill();
  context.strokeStyle = colours.page;
  context.lineWidth = 1;
  context.stroke();
  context.fillStyle = colours.page;
  context.fillRect(x - 0.75, y - 3, 1.5, 3.6);
  context.fillRect(x - 0.75, y + 1.6, 1.5, 1.5);
}

/** A ring: there is an error below, in rows that are hidden. */
export function hiddenErrorSign(context: CanvasRenderingContext2D, colours: Colours, x: number, y: number): void {
  context.beginPath();
  context.arc(x, y, 4, 0, Math.PI * 2);
  context.strokeStyle = colours.error;
  context.lineWidth = 1.5;
  context.stroke();
}

export function ratingColour(colours: Colours, rating: Rating): string {
  return rating === "good" ? colours.good : rating === "meh" ? colours.warning : colours.error;
}

/** A disc for good, a triangle for meh, a square for poor: told apart without colours. */
export function ratingSign(
  context: CanvasRenderingContext2D,
  colours: Colours,
  rating: Rating,
  x: number,
  y: number,
): void {
  context.fillStyle = ratingColour(colours, rating);
  context.beginPath();
  if (rating === "good") {
    context.arc(x, y, 3.5, 0, Math.PI * 2);
  } else if (rating === "meh") {
    context.moveTo(x, y - 4);
    context.lineTo(x + 4, y + 3.2);
    context.lineTo(x - 4, y + 3.2);
  } else {
    context.rect(x - 3.2, y - 3.2, 6.4, 6.4);
  }
  context.fill();
}

export function chevron(context: CanvasRenderingContext2D, x: number, y: number, open: boolean): void {
  context.beginPath();
  if (open) {
    context.moveTo(x - 3.5, y - 1.75);
    context.lineTo(x, y + 1.75);
    context.lineTo(x + 3.5, y - 1.75);
  } else {
    context.moveTo(x - 1.75, y - 3.5);
    context.lineTo(x + 1.75, y);
    context.lineTo(x - 1.75, y + 3.5);
  }
  context.lineWidth = 1.5;
  context.stroke();
}
