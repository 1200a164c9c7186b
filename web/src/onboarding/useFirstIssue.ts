import { useQuery } from "@tanstack/react-query";
import { api } from "../api/client";
import { useLive } from "../api/live";
import type { Issue, Project } from "../api/shapes";

/** The newest issue of a project, as soon as there is one. Live news bring it at once; asking again is for when they do not come. */
export function useFirstIssue(org: string, project: Project | undefined): Issue | undefined {
  const found = useQuery({
    queryKey: [org, "first-issue", project?.id],
    queryFn: async ({ signal }) => {
      const query = { project: project?.id, query: "", sort: "date", limit: 1, statsPeriod: "90d" };
      return (await api.page<Issue>(`organizations/${org}/issues/`, { signal, query })).rows[0] ?? null;
    },
    enabled: project !== undefined,
    refetchInterval: (query) => (query.state.data ? false : 4000),
    staleTime: 0,
  });
  const look = (projectId: string) => {
    if (projectId === project?.id && !found.data) {
      void found.refetch();
    }
  };
  useLive(org, { issue: (change) => look(change.projectId), project: (change) => look(change.projectId) });
  return found.data ?? undefined;
}
