import { Link, useMatches } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { keepScope } from "../shell/scope";
import styles from "./PerformanceTabs.module.css";

const tabs = [
  { to: "/organizations/$org/performance", label: "Transactions" },
  { to: "/organizations/$org/performance/vitals", label: "Web vitals" },
  { to: "/organizations/$org/performance/map", label: "Service map" },
] as const;

/** The three views of performance, and at the right what belongs to the one that is open. */
export function PerformanceTabs({ org, children }: { org: string; children?: ReactNode }) {
  const matches = useMatches();
  // One transaction is part of the first view.
  const open = tabs.find(({ to }) => matches.some((match) => match.fullPath === to))?.to ?? tabs[0].to;
  return (
    <nav className={styles.bar} aria-label="Performance">
      <div className={styles.tabs}>
        {tabs.map(({ to, label }) => (
          <Link
            key={to}
            to={to}
            params={{ org }}
            search={keepScope}
            className={styles.tab}
            // By itself the link to the first view would be current in the others too, whose addresses begin alike.
            activeOptions={{ exact: true, includeSearch: false }}
            aria-current={open === to ? "page" : undefined}
            data-active={open === to || undefined}
          >
            {label}
          </Link>
        ))}
      </div>
      {children}
    </nav>
  );
}
