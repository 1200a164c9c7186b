import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { ServiceNode } from "../api/performanceShapes";
import { ExploreLink } from "../explore/ExploreLink";
import { allOf, term } from "../search/searchTokens";
import { projectsQuery } from "../shell/organizations";
import { keepScope } from "../shell/scope";
import { projectIdOf } from "./transactionLink";

/** From a node of the map to what it was counted from. A database's name is put together from what many spans say of it: it has none. */
export function ServiceLink({ org, node }: { org: string; node: ServiceNode }) {
  const projects = useQuery(projectsQuery(org)).data;
  const { kind, project, name } = node;
  if (project !== null) {
    // Of several services that send to one project each has a name of its own.
    const query = name === project ? undefined : term("service.name", name);
    return (
      <Link
        to="/organizations/$org/performance"
        params={{ org }}
        search={(old) => ({ ...keepScope(old), project: projectIdOf(project, projects) ?? old.project, query })}
      >
        Its transactions
      </Link>
    );
  }
  if (kind === "database" || kind === "service") {
    return null;
  }
  const domain = name === kind ? "!has:span.domain" : term("span.domain", name);
  return (
    <ExploreLink
      org={org}
      ask={{ mode: "samples", query: allOf(`span.category:${kind}`, "is_transaction:false", domain) }}
    >
      Its spans
    </ExploreLink>
  );
}
