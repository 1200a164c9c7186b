import { useSyncExternalStore } from "react";
import { remember, remembered } from "./remembered";

export type Scheme = "light" | "dark";
export type SchemeChoice = Scheme | "auto";

/** The same key and attribute as in public/early.js, which sets the theme before the first paint. */
const key = "tocsin-theme";
const attribute = "data-mantine-color-scheme";

const listeners = new Set<() => void>();
const system = () => matchMedia("(prefers-color-scheme: dark)");

export const schemeNow = (): Scheme => (document.documentElement.getAttribute(attribute) === "dark" ? "dark" : "light");

/** What the page is painted in, whichever way that came about. */
export function useScheme(): Scheme {
  return useSyncExternalStore((listener) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  }, schemeNow);
}

/** Follows the system, and a choice that is made in another tab. */
export function followScheme(): void {
  system().addEventListener("change", () => paintIn(chosen()));
  window.addEventListener("storage", (event) => event.key === key && paintIn(chosen()));
}

export function chooseScheme(choice: SchemeChoice): void {
  remember(key, choice);
  paintIn(choice);
}

function chosen(): SchemeChoice {
  const choice = remembered(key);
  return choice === "light" || choice === "dark" ? choice : "auto";
}

function paintIn(choice: SchemeChoice): void {
  const scheme = choice === "auto" ? (system().matches ? "dark" : "light") : choice;
  document.documentElement.setAttribute(attribute, scheme);
  for (const listener of listeners) {
    listener();
  }
}
