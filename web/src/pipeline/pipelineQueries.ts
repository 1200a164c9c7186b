import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import { api } from "../api/client";
import type { OutcomeStats, PipelineState, QuarantineItem, RetentionState } from "../api/shapes";

export const pipelineQuery = queryOptions({
  queryKey: ["pipeline"],
  queryFn: ({ signal }) => api.get<PipelineState>("internal/pipeline/", { signal }),
  refetchInterval: 3000,
  staleTime: 0,
});

export const retentionQuery = queryOptions({
  queryKey: ["retention"],
  queryFn: ({ signal }) => api.get<RetentionState>("internal/retention/", { signal }),
  refetchInterval: 10_000,
});

export const quarantineQuery = infiniteQueryOptions({
  queryKey: ["quarantine"],
  queryFn: ({ pageParam, signal }) =>
    api.page<QuarantineItem>("internal/quarantine/", { signal, query: { per_page: 50, cursor: pageParam } }),
  initialPageParam: undefined as string | undefined,
  getNextPageParam: (last) => last.next,
  refetchInterval: 15_000,
});

export const outcomesQuery = (org: string) =>
  queryOptions({
    queryKey: [org, "outcomes"],
    queryFn: ({ signal }) =>
      api.get<OutcomeStats>(`organizations/${org}/stats_v2/`, {
        signal,
        query: {
          groupBy: ["outcome", "reason", "category"],
          field: "sum(quantity)",
          interval: "1h",
          statsPeriod: "24h",
        },
      }),
    refetchInterval: 60_000,
  });
