import { type RefObject, startTransition, useEffect, useState } from "react";
import { covers, rowsIn, type Sight, type Stretch, scrollFor } from "./sight";

/** How many rows beyond the edge are ready for whoever scrolls; the first paint does not wait for them. */
const beyond = 12;
const calmAfter = 200;

interface Rows {
  count: number;
  rowHeight: number;
  /** The height of the head that lies over the scroller's top; the rows begin below it. */
  head: number;
  /** The row of the keyboard, which is brought into sight; -1: none. */
  cursor: number;
}

/** Which of a list's rows there have to be. Before the scroller is there to be measured: as many as a window holds. */
export function useRowsInSight(
  scroller: RefObject<HTMLElement | null>,
  { count, rowHeight, head, cursor }: Rows,
): Stretch {
  const [held, setHeld] = useState(() => rowsIn({ top: 0, height: window.innerHeight }, rowHeight));

  useEffect(() => {
    const place = scroller.current;
    if (!place) {
      return undefined;
    }
    const look = () => {
      const sight = sightOf(place, head);
      setHeld((old) => (covers(old, rowsIn(sight, rowHeight, beyond / 2)) ? old : rowsIn(sight, rowHeight, beyond)));
    };
    // With a height of its own from the start, the first measure would find nothing new but the rows beyond.
    const calm = setTimeout(() => {
      startTransition(look);
      resized.observe(place);
    }, calmAfter);
    const resized = new ResizeObserver(look);
    place.addEventListener("scroll", look, { passive: true });
    return () => {
      clearTimeout(calm);
      resized.disconnect();
      place.removeEventListener("scroll", look);
    };
  }, [scroller, head, rowHeight]);

  useEffect(() => {
    const place = scroller.current;
    if (place && cursor >= 0) {
      place.scrollTop = scrollFor(cursor, sightOf(place, head), rowHeight);
    }
  }, [scroller, cursor, head, rowHeight]);

  return { from: Math.min(held.from, count), to: Math.min(held.to, count) };
}

const sightOf = (place: HTMLElement, head: number): Sight => ({
  top: place.scrollTop,
  height: place.clientHeight - head,
});
