import {
  type Icon,
  IconActivityHeartbeat,
  IconAlertSquareRounded,
  IconCompass,
  IconGauge,
  IconLayoutSidebarLeftCollapse,
  IconLayoutSidebarLeftExpand,
  IconSettings,
  IconTimeline,
} from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { Bell } from "../design/Bell";
import styles from "./Rail.module.css";
import { keepScope } from "./scope";

interface RailProps {
  org: string;
  pinned: boolean;
  togglePin: () => void;
}

export function Rail({ org, pinned, togglePin }: RailProps) {
  const PinIcon = pinned ? IconLayoutSidebarLeftCollapse : IconLayoutSidebarLeftExpand;
  return (
    <nav className={styles.rail} data-pinned={pinned} aria-label="Main">
      <Link
        to="/organizations/$org/issues"
        params={{ org }}
        className={styles.brand}
        aria-label="Tocsin, to the issues"
      >
        <Bell size={22} />
        <span className={styles.name}>Tocsin</span>
      </Link>
      <Entry org={org} to="/organizations/$org/issues" icon={IconAlertSquareRounded} label="Issues" />
      <Entry org={org} to="/organizations/$org/performance" icon={IconGauge} label="Performance" />
      <Entry org={org} to="/organizations/$org/traces" icon={IconTimeline} label="Traces" />
      <Entry org={org} to="/organizations/$org/explore" icon={IconCompass} label="Explore" />
      <Entry org={org} to="/organizations/$org/settings" icon={IconSettings} label="Settings" />
      <div className={styles.gap} />
      <Entry org={org} to="/organizations/$org/pipeline" icon={IconActivityHeartbeat} label="Pipeline" />
      <button
        type="button"
        className={styles.pin}
        onClick={togglePin}
        aria-label={pinned ? "Fold the rail" : "Pin the rail open"}
      >
        <PinIcon size={18} stroke={1.5} />
        <span className={styles.label}>{pinned ? "Fold" : "Pin open"}</span>
      </button>
    </nav>
  );
}

interface EntryProps {
  org: string;
  to: `/organizations/$org/${"issues" | "performance" | "traces" | "explore" | "settings" | "pipeline"}`;
  icon: Icon;
  label: string;
}

function Entry({ org, to, icon: Mark, label }: EntryProps) {
  return (
    <Link
      to={to}
      params={{ org }}
      search={keepScope}
      aria-label={label}
      className={styles.entry}
      // Whatever project or environment the page is about.
      activeOptions={{ includeSearch: false }}
      activeProps={{ "data-active": true }}
    >
      <Mark size={19} stroke={1.6} />
      <span className={styles.label}>{label}</span>
    </Link>
  );
}
