import { queryOptions } from "@tanstack/react-query";
import { api } from "../api/client";
import type { Organization, OrganizationDetail, Project } from "../api/shapes";

export const organizationsQuery = queryOptions({
  queryKey: ["organizations"],
  queryFn: ({ signal }) => api.all<Organization>("organizations/", { signal }),
  staleTime: 5 * 60_000,
});

/** One organization with its roles and what the caller may do in it. */
export const organizationQuery = (org: string) =>
  queryOptions({
    queryKey: [org, "organization"],
    queryFn: ({ signal }) => api.get<OrganizationDetail>(`organizations/${org}/`, { signal }),
    staleTime: 5 * 60_000,
  });

export const projectsQuery = (org: string) =>
  queryOptions({
    queryKey: [org, "projects"],
    queryFn: async ({ signal }) => {
      const projects = await api.all<Project>(`organizations/${org}/projects/`, { signal });
      return projects.sort((a, b) => a.slug.localeCompare(b.slug));
    },
    staleTime: 60_000,
  });

export const environmentsQuery = (org: string) =>
  queryOptions({
    queryKey: [org, "environments"],
    queryFn: async ({ signal }) => {
      const environments = await api.get<{ name: string }[]>(`organizations/${org}/environments/`, { signal });
      return environments.map((environment) => environment.name).filter((name) => name !== "");
    },
    staleTime: 60_000,
  });
