import { useQuery } from "@tanstack/react-query";
import { organizationQuery } from "../shell/organizations";

/** Whether the caller has a scope in the organization. Until that is known, nothing is offered. */
export function useMay(org: string): (scope: string) => boolean {
  const access = useQuery(organizationQuery(org)).data?.access ?? [];
  return (scope) => access.includes(scope);
}
