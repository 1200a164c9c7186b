import { queryOptions } from "@tanstack/react-query";
import type { Assignee } from "../api/shapes";
import { membersQuery, teamsQuery } from "../settings/teamQueries";

/** Everyone and every team an issue can be given to. */
export const assigneesQuery = (org: string) =>
  queryOptions({
    queryKey: [org, "assignees"],
    queryFn: async ({ client }): Promise<Assignee[]> => {
      const [members, teams] = await Promise.all([
        client.fetchQuery(membersQuery(org)),
        client.fetchQuery(teamsQuery(org)),
      ]);
      const people = members.flatMap(({ user }): Assignee[] =>
        user ? [{ type: "user", id: user.id, name: user.name || user.email, email: user.email }] : [],
      );
      return [
        ...people,
        ...teams.map((team): Assignee => ({ type: "team", id: team.id, name: team.slug, email: null })),
      ];
    },
    staleTime: 60_000,
  });
