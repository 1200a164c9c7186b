import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { keepScope } from "../shell/scope";
import type { ExploreSearch } from "./exploreSearch";

interface ExploreLinkProps {
  org: string;
  /** The question, where it differs from that of an empty address. */
  ask: Omit<ExploreSearch, "dataset">;
  className?: string | undefined;
  title?: string | undefined;
  children: ReactNode;
}

/** From a number to the spans it was counted from, in the projects, environments and time of the page. */
export function ExploreLink({ org, ask, className, title, children }: ExploreLinkProps) {
  return (
    <Link
      to="/organizations/$org/explore"
      params={{ org }}
      search={(old) => ({ ...keepScope(old), ...ask })}
      className={className}
      title={title}
    >
      {children}
    </Link>
  );
}
