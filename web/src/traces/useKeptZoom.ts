import { type RefObject, useCallback, useEffect, useRef } from "react";
import { readWindow, type TimeWindow, windowText } from "./layout/timeWindow";
import type { Waterfall } from "./waterfall/Waterfall";

/** The address follows when the zoom has rested for so long, in milliseconds: browsers limit how often it may change. */
const rest = 250;

/**
 * Keeps the shown time of a waterfall and the address alike. What the address says by itself (a link, a step back) is shown; what it says because
 * the waterfall told it so is not, as the waterfall may be further by then.
 */
export function useKeptZoom(
  waterfall: RefObject<Waterfall | null>,
  zoom: string | undefined,
  keep: (zoom: string | undefined) => void,
): (window: TimeWindow | undefined) => void {
  const told = useRef<string>(undefined);
  const waiting = useRef<number>(undefined);
  const current = useRef(keep);

  useEffect(() => {
    current.current = keep;
  });
  useEffect(() => {
    if (zoom !== told.current) {
      told.current = zoom;
      waterfall.current?.showWindow(readWindow(zoom));
    }
  }, [zoom, waterfall]);
  useEffect(() => () => window.clearTimeout(waiting.current), []);

  return useCallback((shown: TimeWindow | undefined) => {
    window.clearTimeout(waiting.current);
    waiting.current = window.setTimeout(() => {
      const text = shown && windowText(shown);
      if (text !== told.current) {
        told.current = text;
        current.current(text);
      }
    }, rest);
  }, []);
}
