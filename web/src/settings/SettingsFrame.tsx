import { useQuery } from "@tanstack/react-query";
import { Link, Outlet, useParams } from "@tanstack/react-router";
import { organizationQuery } from "../shell/organizations";
import { keepScope } from "../shell/scope";
import styles from "./SettingsFrame.module.css";

const organizationPages = [
  ["/organizations/$org/settings", "General"],
  ["/organizations/$org/settings/projects", "Projects"],
  ["/organizations/$org/settings/teams", "Teams"],
  ["/organizations/$org/settings/members", "Members"],
] as const;

const ownPages = [
  ["/organizations/$org/settings/account", "My account"],
  ["/organizations/$org/settings/tokens", "API tokens"],
] as const;

/** The list of settings beside the one that is open. */
export function SettingsFrame() {
  const { org } = useParams({ from: "/inside/organizations/$org/settings" });
  const name = useQuery(organizationQuery(org)).data?.name ?? org;
  return (
    <div className={styles.frame}>
      <nav className={styles.nav} aria-label="Settings">
        <h2 className={styles.group}>{name}</h2>
        {organizationPages.map(([to, label], index) => (
          <Link
            key={to}
            to={to}
            params={{ org }}
            search={keepScope}
            className={styles.link}
            activeOptions={{ exact: index === 0, includeSearch: false }}
          >
            {label}
          </Link>
        ))}
        <h2 className={styles.group}>You</h2>
        {ownPages.map(([to, label]) => (
          <Link
            key={to}
            to={to}
            params={{ org }}
            search={keepScope}
            className={styles.link}
            activeOptions={{ includeSearch: false }}
          >
            {label}
          </Link>
        ))}
      </nav>
      <div className={styles.body}>
        <Outlet />
      </div>
    </div>
  );
}
