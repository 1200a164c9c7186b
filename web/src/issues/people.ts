import { queryOptions } from "@tanstack/react-query";
import { api } from "../api/client";
import type { Assignee, Member, Team } from "../api/shapes";

/** Everyone and every team an issue can be given to. */
export const assigneesQuery = (org: string) =>
  queryOptions({
    queryKey: [org, "assignees"],
    queryFn: async ({ signal }): Promise<Assignee[]> => {
      const [members, teams] = await Promise.all([
        api.get<Member[]>(`organizations/${org}/members/`, { signal }),
        api.get<Team[]>(`organizations/${org}/teams/`, { signal }),
      ]);
      const people = members.flatMap(({ user }): Assignee[] =>
        user ? [{ type: "user", id: user.id, name: user.name || user.email, email: user.email }] : [],
      );
      return [...people, ...teams.map((team): Assignee => ({ type: "team", id: team.id, name: team.slug }))];
    },
    staleTime: 60_000,
  });
