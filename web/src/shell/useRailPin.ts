import { useState } from "react";

const key = "tocsin-rail";

/** Whether the rail shows its labels; remembered by the browser. */
export function useRailPin() {
  const [pinned, setPinned] = useState(() => localStorage.getItem(key) === "pinned");
  const togglePin = () => {
    localStorage.setItem(key, pinned ? "slim" : "pinned");
    setPinned(!pinned);
  };
  return { pinned, togglePin };
}
