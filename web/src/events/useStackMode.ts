import { useState } from "react";
import { remember, remembered } from "../design/remembered";

export type StackMode = "app" | "all" | "raw";

const key = "tocsin-stack";
const modes: readonly StackMode[] = ["app", "all", "raw"];

/** How stacks are shown; the choice stays for the next issue. */
export function useStackMode(): [StackMode, (mode: StackMode) => void] {
  const [mode, setMode] = useState<StackMode>(() => modes.find((one) => one === remembered(key)) ?? "app");
  const choose = (next: StackMode) => {
    remember(key, next);
    setMode(next);
  };
  return [mode, choose];
}
