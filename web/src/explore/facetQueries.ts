import { type QueryKey, queryOptions } from "@tanstack/react-query";
import { api } from "../api/client";
import type { Facet } from "../api/exploreShapes";
import { type Scope, scopeQuery } from "../shell/scope";
import type { Dataset } from "./exploreQueries";

/** The tags that occur in the chosen scope, for suggestions. */
export const facetKeysQuery = (org: string, scope: Scope, dataset: Dataset) => {
  const query = { ...scopeQuery(scope), dataset };
  return queryOptions<string[], Error, string[], QueryKey>({
    queryKey: [org, "explore", "facets", query],
    queryFn: async ({ signal }) => {
      const facets = await api.get<Facet[]>(`organizations/${org}/events-facets/`, { signal, query });
      return facets.map((facet) => facet.key);
    },
    staleTime: 5 * 60_000,
  });
};
