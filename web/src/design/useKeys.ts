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
      // Enter belongs to the button or link that has the focus.
      if (name === "enter" && event.target instanceof Element && event.target.closest(pressed)) {
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

const pressed = "a[href], button, summary, [role=button]";

/** What wants the keys for itself while it is seen: a dropdown and the list of a select are there all the time. */
const open = ':popover-open, :is([role="dialog"], [role="menu"]):not([popover]), [role="listbox"]:not([data-inert])';

function isBusy(target: EventTarget | null): boolean {
  return (
    (target instanceof HTMLElement &&
      (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName)) &&
      !(target instanceof HTMLInputElement && /^(checkbox|radio)$/.test(target.type))) ||
    [...document.querySelectorAll(open)].some((one) => one.checkVisibility())
  );
}
