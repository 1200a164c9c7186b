import { queryOptions } from "@tanstack/react-query";
import { api } from "../api/client";
import type { Activity } from "../api/shapes";

/** Newest first, comments among the rest. */
export const activitiesQuery = (org: string, issueId: string) =>
  queryOptions({
    queryKey: [org, "issue", issueId, "activities"],
    queryFn: async ({ signal }) => {
      const answer = await api.get<{ activity: Activity[] } | Activity[]>(
        `organizations/${org}/issues/${encodeURIComponent(issueId)}/activities/`,
        { signal },
      );
      return Array.isArray(answer) ? answer : answer.activity;
    },
  });
