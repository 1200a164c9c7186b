import type { Threshold } from "../api/shapes";
import { exactNumber } from "../design/format";

const units: Record<string, string> = { milliseconds: "ms", bytes: "bytes", count: "", ratio: "" };

export function unitOf({ unit }: Pick<Threshold, "unit">): string {
  return units[unit] ?? unit;
}

/** Usual value and bounds, in words. */
export function boundsOf({ usual, least, most }: Threshold): string {
  return `Usually ${exactNumber(usual)}; ${exactNumber(least)} to ${exactNumber(most)}`;
}

/** What is wrong with a value as it is typed; undefined when nothing is. */
export function thresholdFault({ unit, least, most }: Threshold, text: string): string | undefined {
  const whole = unit !== "ratio";
  if (!(whole ? /^\d+$/ : /^\d+(\.\d+)?$/).test(text)) {
    return whole ? "A whole number." : "A number such as 0.5.";
  }
  const value = Number(text);
  return value < least || value > most ? `From ${exactNumber(least)} to ${exactNumber(most)}.` : undefined;
}
