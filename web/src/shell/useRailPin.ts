import { useState } from "react";
import { remember, remembered } from "../design/remembered";

const key = "tocsin-rail";

/** Whether the rail shows its labels; remembered by the browser. */
export function useRailPin() {
  const [pinned, setPinned] = useState(() => remembered(key) === "pinned");
  const togglePin = () => {
    remember(key, pinned ? "slim" : "pinned");
    setPinned(!pinned);
  };
  return { pinned, togglePin };
}
