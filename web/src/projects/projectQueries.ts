import { queryOptions } from "@tanstack/react-query";
import { api } from "../api/client";
import type { Detector, InboundFilter, OwnThreshold, ProjectDetail, ProjectKey } from "../api/shapes";

export const projectQuery = (org: string, project: string) =>
  queryOptions({
    queryKey: [org, "project", project],
    queryFn: ({ signal }) => api.get<ProjectDetail>(`projects/${org}/${project}/`, { signal }),
  });

export const keysQuery = (org: string, project: string) =>
  queryOptions({
    queryKey: [org, "project", project, "keys"],
    queryFn: ({ signal }) => api.get<ProjectKey[]>(`projects/${org}/${project}/keys/`, { signal }),
  });

export const filtersQuery = (org: string, project: string) =>
  queryOptions({
    queryKey: [org, "project", project, "filters"],
    queryFn: ({ signal }) => api.get<InboundFilter[]>(`projects/${org}/${project}/filters/`, { signal }),
  });

export const detectorsQuery = (org: string, project: string) =>
  queryOptions({
    queryKey: [org, "project", project, "detectors"],
    queryFn: ({ signal }) => api.get<Detector[]>(`projects/${org}/${project}/performance-issues/`, { signal }),
  });

/** Read anew with everything that is counted by them. */
export const ownThresholdsQuery = (org: string, project: string) =>
  queryOptions({
    queryKey: [org, "performance", "thresholds", project],
    queryFn: ({ signal }) => api.all<OwnThreshold>(`projects/${org}/${project}/transaction-thresholds/`, { signal }),
  });
