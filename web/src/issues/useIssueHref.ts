import { useSearch } from "@tanstack/react-router";
import { prefix } from "../api/prefix";
import { keepScope } from "../shell/scope";
import { stringifySearch } from "../shell/searchText";

/** The address of an issue's page that keeps the scope of this one. */
export function useIssueHref(org: string): (id: string) => string {
  const scope = stringifySearch({ ...keepScope(useSearch({ from: "/inside/organizations/$org" })) });
  return (id) => `${prefix}/organizations/${org}/issues/${id}${scope}`;
}
