import { queryOptions } from "@tanstack/react-query";
import { api } from "../api/client";
import type { EventTable } from "../api/exploreShapes";

/** As long as spans are kept where nobody says otherwise. */
export const widestPeriod = "30d";

/** Which spans make what a page shows. */
const searches: Record<string, string> = {
  transaction: "is_transaction:true",
  service: "is_transaction:true",
  "page load": "has:measurements.lcp OR has:measurements.fcp OR has:measurements.ttfb",
};

/** Whether the projects have sent any such thing, in whatever environment. */
export const anySpansQuery = (org: string, project: readonly string[] | undefined, what: string) => {
  const query = {
    dataset: "spans",
    project,
    statsPeriod: widestPeriod,
    query: searches[what],
    field: ["count()"],
  };
  return queryOptions({
    queryKey: [org, "explore", "any", query],
    queryFn: async ({ signal }) => {
      const table = await api.get<EventTable>(`organizations/${org}/events/`, { signal, query });
      return Number(table.data[0]?.["count()"] ?? 0) > 0;
    },
    staleTime: 60_000,
    refetchOnWindowFocus: false,
  });
};
