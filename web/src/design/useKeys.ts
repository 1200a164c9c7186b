import { useEffect, useRef } from "react";

export type KeyActions = Record<string, (event: KeyboardEvent) => void>;

/**
 * Single keys for the page, such as `j` or `?`; `mod+k` means Ctrl or ⌘ with the key. They are silent while one types or
 * a dialog or menu is open, except those with `mod+`.
 */
export function useKeys(actions: KeyActions): void {
  const current = useRef(actions);
  useEffect(() => {
    current.current = actions;
  });

  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      const name = keyName(event);
      const action = current.current[name];
      if (!action || event.defaultPrevented || (!name.startsWith("mod+") && isBusy(event.target))) {
        return;
      }
      event.preventDefault();
      action(event);
    };
    document.addEventListener("keydown", onKeyDown);
    return () => document.removeEventListener("keydown", onKeyDown);
  }, []);
}

export function keyName(event: Pick<KeyboardEvent, "key" | "ctrlKey" | "metaKey" | "altKey">): string {
  const key = event.key.toLowerCase();
  return event.ctrlKey || event.metaKey ? `mod+${key}` : event.altKey ? `alt+${key}` : key;
}

function isBusy(target: EventTarget | null): boolean {
  return (
    (target instanceof HTMLElement &&
      (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName)) &&
      !(target instanceof HTMLInputElement && target.type === "checkbox")) ||
    document.querySelector('[role="dialog"], [role="menu"], [role="listbox"]:not([data-inert])') !== null
  );
}
