import { infiniteQueryOptions, keepPreviousData, queryOptions } from "@tanstack/react-query";
import { api } from "../api/client";
import type { EventDetail, EventSummary } from "../api/eventShapes";
import { type Scope, scopeQuery } from "../shell/scope";

const issuePath = (org: string, issueId: string) => `organizations/${org}/issues/${encodeURIComponent(issueId)}`;

/** One event of an issue by id, or `latest`, `oldest`, `recommended`. The one before stays in sight until it has come. */
export const eventQuery = (org: string, issueId: string, event: string, environment: readonly string[] | undefined) =>
  queryOptions({
    queryKey: [org, "issue", issueId, "event", event, environment ?? []],
    queryFn: ({ signal }) =>
      api.get<EventDetail>(`${issuePath(org, issueId)}/events/${event}/`, { signal, query: { environment } }),
    // An event never changes; only the names for one of them move on.
    staleTime: /^[0-9a-f]{32}$/.test(event) ? Number.POSITIVE_INFINITY : 15_000,
    placeholderData: keepPreviousData,
  });

export const eventListQuery = (org: string, issueId: string, scope: Scope, words: string) => {
  const query = { ...scopeQuery(scope), project: undefined, query: words, per_page: 50 };
  return infiniteQueryOptions({
    queryKey: [org, "issue", issueId, "events", query],
    queryFn: ({ pageParam, signal }) =>
      api.page<EventSummary>(`${issuePath(org, issueId)}/events/`, { signal, query: { ...query, cursor: pageParam } }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.next,
  });
};

export const rawEventQuery = (org: string, project: string, eventId: string) =>
  queryOptions({
    queryKey: [org, "event-json", project, eventId],
    queryFn: async ({ signal }) =>
      JSON.stringify(await api.get<unknown>(`projects/${org}/${project}/events/${eventId}/json/`, { signal }), null, 2),
    staleTime: Number.POSITIVE_INFINITY,
  });
