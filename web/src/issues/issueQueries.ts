import { infiniteQueryOptions, keepPreviousData, queryOptions } from "@tanstack/react-query";
import { api } from "../api/client";
import type { Issue, IssueDetail, IssueHash, IssueStats, IssueTag, TagValue } from "../api/shapes";
import { type Scope, scopeQuery } from "../shell/scope";
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

export const issueStatsQuery = (org: string, id: string, scope: Scope) => {
  const query = { ...scopeQuery(scope), project: undefined };
  return queryOptions({
    queryKey: [org, "issue", id, "stats", query],
    queryFn: ({ signal }) =>
      api.get<IssueStats>(`organizations/${org}/issues/${encodeURIComponent(id)}/stats/`, { signal, query }),
    placeholderData: keepPreviousData,
  });
};

export const issueTagsQuery = (org: string, id: string, environment: readonly string[] | undefined) =>
  queryOptions({
    queryKey: [org, "issue", id, "tags", environment ?? []],
    queryFn: ({ signal }) =>
      api.get<IssueTag[]>(`organizations/${org}/issues/${encodeURIComponent(id)}/tags/`, {
        signal,
        query: { environment },
      }),
    staleTime: 60_000,
  });

export const issueTagValuesQuery = (org: string, id: string, key: string) =>
  queryOptions({
    queryKey: [org, "issue", id, "tag-values", key],
    queryFn: ({ signal }) =>
      api.get<TagValue[]>(
        `organizations/${org}/issues/${encodeURIComponent(id)}/tags/${encodeURIComponent(key)}/values/`,
        { signal },
      ),
    staleTime: 60_000,
  });

/** All of them: an issue is made of a thousand others at most. */
export const issueHashesQuery = (org: string, id: string) =>
  queryOptions({
    queryKey: [org, "issue", id, "hashes"],
    queryFn: async ({ signal }) => {
      const hashes: IssueHash[] = [];
      let cursor: string | undefined;
      do {
        const page = await api.page<IssueHash>(`organizations/${org}/issues/${encodeURIComponent(id)}/hashes/`, {
          signal,
          query: { limit: 100, cursor },
        });
        hashes.push(...page.rows);
        cursor = page.next;
      } while (cursor);
      return hashes;
    },
  });
