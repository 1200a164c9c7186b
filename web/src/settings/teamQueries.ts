import { queryOptions } from "@tanstack/react-query";
import { api } from "../api/client";
import type { Member, TeamWithProjects } from "../api/shapes";

export const teamsQuery = (org: string) =>
  queryOptions({
    queryKey: [org, "teams"],
    queryFn: ({ signal }) => api.all<TeamWithProjects>(`organizations/${org}/teams/`, { signal }),
  });

export const membersQuery = (org: string) =>
  queryOptions({
    queryKey: [org, "members"],
    queryFn: ({ signal }) => api.all<Member>(`organizations/${org}/members/`, { signal }),
  });
