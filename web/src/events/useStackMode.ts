import { useState } from "react";

export type StackMode = "app" | "all" | "raw";

const key = "tocsin-stack";
const modes: readonly StackMode[] = ["app", "all", "raw"];

/** How stacks are shown; the choice stays for the next issue. */
export function useStackMode(): [StackMode, (mode: StackMode) => void] {
  const [mode, setMode] = useState<StackMode>(() => modes.find((one) => one === localStorage.getItem(key)) ?? "app");
  const choose = (next: StackMode) => {
    localStorage.setItem(key, next);
    setMode(next);
  };
  return [mode, choose];
}
