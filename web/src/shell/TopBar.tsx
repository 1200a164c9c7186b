import { IconSearch } from "@tabler/icons-react";
import { IconButton } from "../design/IconButton";
import { Crumbs } from "./Crumbs";
import { ScopeBar } from "./ScopeBar";
import { ThemeToggle } from "./ThemeToggle";
import styles from "./TopBar.module.css";
import { UserMenu } from "./UserMenu";

interface TopBarProps {
  org: string;
  openPalette: () => void;
  openKeys: () => void;
}

export function TopBar({ org, openPalette, openKeys }: TopBarProps) {
  return (
    <header className={styles.top}>
      <Crumbs org={org} />
      <ScopeBar org={org} />
      <div className={styles.gap} />
      <button type="button" className={styles.palette} onClick={openPalette}>
        <IconSearch size={14} />
        <span>Go to…</span>
        <kbd>{/Mac|iPhone|iPad/.test(navigator.userAgent) ? "⌘K" : "Ctrl K"}</kbd>
      </button>
      <IconButton className={styles.paletteSmall} aria-label="Go to…" onClick={openPalette}>
        <IconSearch size={17} />
      </IconButton>
      <ThemeToggle />
      <UserMenu org={org} openKeys={openKeys} />
    </header>
  );
}
