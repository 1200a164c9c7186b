import { type QueryKey, queryOptions } from "@tanstack/react-query";
import { api } from "../api/client";
import type { TagValue } from "../api/shapes";

export const tagKeysQuery = (org: string) =>
  queryOptions<string[], Error, string[], QueryKey>({
    queryKey: [org, "tag-keys"],
    queryFn: async ({ signal }) => {
      const tags = await api.get<{ key: string }[]>(`organizations/${org}/tags/`, { signal });
      return tags.map((tag) => tag.key);
    },
    staleTime: 5 * 60_000,
  });

export const tagValuesQuery = (org: string, key: string) =>
  queryOptions<string[], Error, string[], QueryKey>({
    queryKey: [org, "tag-values", key],
    queryFn: async ({ signal }) => {
      const values = await api.get<TagValue[]>(`organizations/${org}/tags/${encodeURIComponent(key)}/values/`, {
        signal,
      });
      return values.flatMap((one) => one.value || []);
    },
    staleTime: 60_000,
  });
