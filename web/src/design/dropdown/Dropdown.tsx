import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef, useState } from "react";
import styles from "./Dropdown.module.css";
import { placeBelow } from "./placeBelow";

interface DropdownProps {
  /** What stands in the button. */
  face: ReactNode;
  /** What the button is for, where its face does not say it; names what it opens too. */
  label: string;
  title?: string;
  className?: string | undefined;
  width: number;
  kind?: "dialog" | "menu";
  onKeyDown?: (event: KeyboardEvent<HTMLDivElement>) => void;
  /** Rendered while it is open only. */
  children: (close: () => void) => ReactNode;
}

/**
 * A button and what it opens. The browser itself puts it above everything, closes it with Escape or a click elsewhere and
 * gives the focus back; so the frame of every page needs no library for it.
 */
export function Dropdown({
  face,
  label,
  title,
  className,
  width,
  kind = "dialog",
  onKeyDown,
  children,
}: DropdownProps) {
  const id = useId();
  const button = useRef<HTMLButtonElement>(null);
  const box = useRef<HTMLDivElement>(null);
  const [opened, setOpened] = useState(false);
  const close = () => box.current?.hidePopover();

  useEffect(() => {
    if (!opened) {
      return undefined;
    }
    const follow = () => button.current && box.current && placeBelow(button.current, box.current);
    // The browser tells that it is about to open; it has a size, and takes the focus, a moment later.
    const frame = requestAnimationFrame(() => {
      follow();
      const first = kind === "menu" ? "[role=menuitem]:not(:disabled)" : "[data-autofocus], input, button, a";
      (box.current?.querySelector<HTMLElement>(first) ?? box.current)?.focus({ preventScroll: true });
    });
    // Whatever scrolls or turns below it: it stays at its button.
    window.addEventListener("scroll", follow, true);
    window.addEventListener("resize", follow);
    return () => {
      cancelAnimationFrame(frame);
      window.removeEventListener("scroll", follow, true);
      window.removeEventListener("resize", follow);
    };
  }, [opened, kind]);

  return (
    <>
      <button
        ref={button}
        type="button"
        className={className}
        aria-label={label}
        aria-haspopup={kind}
        aria-expanded={opened}
        title={title}
        popoverTarget={id}
      >
        {face}
      </button>
      {/* biome-ignore lint/a11y/useAriaPropsSupportedByRole lint/a11y/noStaticElementInteractions: its role is a dialog's or a menu's. */}
      <div
        ref={box}
        id={id}
        popover="auto"
        role={kind}
        aria-label={label}
        tabIndex={-1}
        className={styles.box}
        style={{ width }}
        onBeforeToggle={(event) => event.newState === "open" && setOpened(true)}
        // What has the focus stays until the browser has given the focus back.
        onToggle={(event) => setOpened(event.newState === "open")}
        onKeyDown={onKeyDown}
      >
        {opened && children(close)}
      </div>
    </>
  );
}
