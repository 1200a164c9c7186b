import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { seriesColours } from "../design/seriesColour";
import { projectsQuery } from "../shell/organizations";

const palette = 10;

/**
 * The colour of each service. The organization's projects come first, from the oldest, so that a name has one colour
 * everywhere; where there are more of them than colours, only those in the picture count.
 */
export function useServiceColours(org: string, services: readonly string[]): ReadonlyMap<string, string> {
  const projects = useQuery(projectsQuery(org)).data;
  return useMemo(() => {
    const known = (projects ?? []).toSorted((a, b) => Number(a.id) - Number(b.id)).map((project) => project.slug);
    const first = known.length <= palette ? known : known.filter((slug) => services.includes(slug));
    return seriesColours([...first, ...services.toSorted()]);
  }, [projects, services]);
}
