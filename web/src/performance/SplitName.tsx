import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { Vital, VitalRow } from "../api/performanceShapes";
import { ExploreLink } from "../explore/ExploreLink";
import { projectsQuery } from "../shell/organizations";
import { keepScope } from "../shell/scope";
import { pageLoadFields, pageLoadsOf } from "./pageLoads";
import type { VitalSplit } from "./performanceSearch";
import { projectIdOf } from "./transactionLink";

interface SplitNameProps {
  org: string;
  by: VitalSplit;
  line: VitalRow;
  vital: Vital;
  /** What the page loads were narrowed to. */
  query: string | undefined;
}

/** The name of a line. A page has a page of its own; any other line leads to the page loads it was counted from. */
export function SplitName({ org, by, line: { name, project }, vital, query }: SplitNameProps) {
  const projects = useQuery(projectsQuery(org)).data;
  if (by === "page" && name !== "") {
    return (
      <Link
        to="/organizations/$org/performance/summary"
        params={{ org }}
        search={(old) => ({
          ...keepScope(old),
          project: projectIdOf(project ?? "", projects) ?? old.project,
          transaction: name,
        })}
      >
        {name}
      </Link>
    );
  }
  return (
    <ExploreLink
      org={org}
      ask={{ mode: "samples", query: pageLoadsOf(by, name, vital, query), field: pageLoadFields(vital) }}
    >
      {name || "(not said)"}
    </ExploreLink>
  );
}
