import { useState } from "react";
import { useKeys } from "../useKeys";

/** The row of the keyboard, -1 for none: `j` and `k` move it, Enter opens it. */
export function useListCursor(count: number, open: (at: number) => void): [cursor: number, leave: () => void] {
  const [cursor, setCursor] = useState(-1);
  useKeys({
    j: () => setCursor((at) => Math.min(count - 1, at + 1)),
    k: () => setCursor((at) => Math.max(0, at - 1)),
    enter: () => cursor >= 0 && cursor < count && open(cursor),
  });
  return [cursor, () => setCursor(-1)];
}
