import { queryOptions } from "@tanstack/react-query";
import { api } from "../api/client";
import type { Session } from "../api/shapes";

export const sessionQuery = queryOptions({
  queryKey: ["session"],
  queryFn: ({ signal }) => api.get<Session>("", { signal }),
  staleTime: Number.POSITIVE_INFINITY,
});

export const setupQuery = queryOptions({
  queryKey: ["setup"],
  queryFn: ({ signal }) => api.get<{ required: boolean }>("setup/", { signal }),
  staleTime: 0,
});
