import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import { api } from "../api/client";
import type { Issue, IssueDetail } from "../api/shapes";
import { scopeQuery } from "../shell/scope";
import { defaultQuery, type ListSearch } from "./listSearch";

export const listKey = (org: string) => [org, "issues"] as const;

export const issueListQuery = (org: string, search: ListSearch) =>
  infiniteQueryOptions({
    queryKey: [...listKey(org), search],
    queryFn: ({ pageParam, signal }) =>
      api.page<Issue>(`organizations/${org}/issues/`, {
        signal,
        query: {
          ...scopeQuery(search),
          query: search.query ?? defaultQuery,
          sort: search.sort ?? "date",
          groupStatsPeriod: search.trend ?? "24h",
          limit: 50,
          cursor: pageParam,
        },
      }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.next,
    // New rows wait behind "show"; a list that reorders itself under the pointer helps nobody.
    refetchOnWindowFocus: false,
  });

export const issueQuery = (org: string, id: string) =>
  queryOptions({
    queryKey: [org, "issue", id],
    queryFn: ({ signal }) => api.get<IssueDetail>(`organizations/${org}/issues/${encodeURIComponent(id)}/`, { signal }),
  });
