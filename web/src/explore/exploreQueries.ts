import { infiniteQueryOptions, keepPreviousData, type QueryKey, queryOptions } from "@tanstack/react-query";
import { api } from "../api/client";
import type { EventCount, EventSeriesAnswer, EventTable } from "../api/exploreShapes";
import { waitFor } from "../api/waitFor";
import { allOf } from "../search/searchTokens";
import { type Scope, scopeQuery } from "../shell/scope";
import { isAboutNothing } from "./nothing";

export type Dataset = "errors" | "spans";

export interface SeriesWanted {
  dataset: Dataset;
  query: string;
  yAxis: readonly string[];
  groupBy?: readonly string[];
  topEvents?: number;
  /** Which groups are the top, such as `-count()`. */
  sort?: string;
  /** From one point to the next, such as `1h`. */
  interval?: string;
}

export const eventSeriesQuery = (org: string, scope: Scope, wanted: SeriesWanted) => {
  const query = { ...scopeQuery(scope), ...wanted };
  return queryOptions({
    queryKey: [org, "explore", "series", query],
    queryFn: ({ signal }) => api.get<EventSeriesAnswer>(`organizations/${org}/events-timeseries/`, { signal, query }),
    placeholderData: keepPreviousData,
    refetchOnWindowFocus: false,
    refetchInterval: ({ state }) => waitFor(state.data && countsNothing(state.data)),
  });
};

export interface TableWanted {
  dataset: Dataset;
  query: string;
  field: readonly string[];
  sort?: string;
  per_page: number;
}

export const eventTableQuery = (org: string, scope: Scope, wanted: TableWanted) => {
  const query = { ...scopeQuery(scope), ...wanted };
  return infiniteQueryOptions({
    queryKey: [org, "explore", "table", query],
    queryFn: ({ pageParam, signal }) =>
      api.answer<EventTable>(`organizations/${org}/events/`, { signal, query: { ...query, cursor: pageParam } }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.next,
    placeholderData: keepPreviousData,
    refetchOnWindowFocus: false,
    refetchInterval: ({ state }) => {
      const first = state.data?.pages[0]?.body;
      // Without a function among them, or with a field, the lines are rows or groups.
      const grouped = wanted.field.some((field) => !field.includes("("));
      return waitFor(first && wanted.query === "" && isAboutNothing(first.data, grouped));
    },
  });
};

/** The rows that a question is asked of. */
export const eventCountQuery = (org: string, scope: Scope, asked: { dataset: Dataset; query: string }) => {
  const query = { ...scopeQuery(scope), ...asked };
  return queryOptions({
    queryKey: [org, "explore", "count", query],
    queryFn: ({ signal }) => api.noted<EventCount>(`organizations/${org}/events-meta/`, { signal, query }),
    refetchOnWindowFocus: false,
  });
};

/** Counts that are all zero; shares and durations say nothing about whether there is anything. */
function countsNothing({ timeSeries }: EventSeriesAnswer): boolean {
  const counts = timeSeries.filter(({ yAxis }) => yAxis === "count()" || yAxis === "epm()");
  return counts.length > 0 && counts.every(({ values }) => values.every(({ value }) => !value));
}

/** The most frequent values of a field, most frequent first. */
export const fieldValuesQuery = (org: string, scope: Scope, dataset: Dataset, field: string, query = "") => {
  const wanted = {
    ...scopeQuery(scope),
    dataset,
    query: allOf(query, `has:${field}`),
    field: [field, "count()"],
    sort: "-count()",
    per_page: 20,
  };
  return queryOptions<string[], Error, string[], QueryKey>({
    queryKey: [org, "explore", "values", wanted],
    queryFn: async ({ signal }) => {
      const table = await api.get<EventTable>(`organizations/${org}/events/`, { signal, query: wanted });
      return table.data.flatMap((row) => {
        const value = row[field];
        const one: unknown = Array.isArray(value) ? value[0] : value;
        return one === null || one === undefined || one === "" ? [] : [String(one)];
      });
    },
    staleTime: 60_000,
  });
};
