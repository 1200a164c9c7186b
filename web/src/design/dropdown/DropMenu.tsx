import type { KeyboardEvent, ReactNode } from "react";
import { Dropdown } from "./Dropdown";
import styles from "./Dropdown.module.css";
import { DropItem } from "./DropItem";
import { nextItem } from "./nextItem";

interface DropMenuProps {
  face: ReactNode;
  label: string;
  title?: string;
  className?: string | undefined;
  width: number;
  /** `MenuItem`s, or anything of role menuitem; a click on one closes the menu. */
  children: ReactNode;
}

/** A menu: the arrow keys, Home, End and first letters move in it, Enter chooses. */
export function DropMenu({ children, ...button }: DropMenuProps) {
  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>) => {
    const items = [...event.currentTarget.querySelectorAll<HTMLElement>("[role=menuitem]:not(:disabled)")];
    const at = items.indexOf(document.activeElement as HTMLElement);
    const next = nextItem(
      event.key,
      at,
      items.map((item) => item.textContent ?? ""),
    );
    if (next !== undefined) {
      event.preventDefault();
      items[next]?.focus();
    }
  };
  return (
    <Dropdown {...button} kind="menu" onKeyDown={onKeyDown}>
      {(close) => (
        // biome-ignore lint/a11y/noStaticElementInteractions lint/a11y/useKeyWithClickEvents: Enter on an item is a click.
        <div onClick={(event) => (event.target as Element).closest("[role=menuitem]") && close()}>{children}</div>
      )}
    </Dropdown>
  );
}

interface MenuItemProps {
  onClick: () => void;
  /** Whether it is what holds now. */
  chosen?: boolean;
  children: ReactNode;
}

export function MenuItem(item: MenuItemProps) {
  return <DropItem role="menuitem" tabIndex={-1} {...item} />;
}

/** For links in a menu. */
export const menuLink = { role: "menuitem", tabIndex: -1, className: styles.item } as const;

export function MenuLabel({ children }: { children: ReactNode }) {
  return <div className={styles.label}>{children}</div>;
}

export function MenuDivider() {
  return <hr className={styles.divider} />;
}
