import { useState } from "react";
import { remember, remembered } from "../design/remembered";

const kept = "tocsin-trace-tree";
const usual = 380;
const least = 140;

/** How wide the tree beside the bars is; remembered on this device. */
export function useTreeWidth(): [width: number, set: (width: number) => void] {
  const [width, setWidth] = useState(() => Number(remembered(kept)) || Math.min(usual, innerWidth * 0.36));
  return [
    width,
    (wanted) => {
      const next = Math.round(Math.max(least, Math.min(innerWidth * 0.7, wanted)));
      setWidth(next);
      remember(kept, String(next));
    },
  ];
}
