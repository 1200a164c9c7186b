import type { Scope } from "../shell/scope";

export type IssueSort = "date" | "new" | "freq" | "user";
export type Trend = "24h" | "14d";

/** What the URL of the list says beside the scope. No query means the unresolved ones; an empty query means all. */
export interface ListSearch extends Scope {
  query?: string;
  sort?: IssueSort;
  trend?: Trend;
}

export const defaultQuery = "is:unresolved";

export const sorts: [value: IssueSort, label: string][] = [
  ["date", "Last seen"],
  ["new", "First seen"],
  ["freq", "Events"],
  ["user", "Users"],
];

export function readListSearch(search: Record<string, unknown>): ListSearch {
  const sort = sorts.find(([value]) => value === search.sort)?.[0];
  return {
    query: typeof search.query === "string" && search.query !== defaultQuery ? search.query : undefined,
    sort: sort === "date" ? undefined : sort,
    trend: search.trend === "14d" ? "14d" : undefined,
  };
}

/** The tabs above the list. Each is a query and nothing more. */
export const views: [query: string, label: string][] = [
  [defaultQuery, "Unresolved"],
  ["is:unresolved is:new", "New"],
  ["is:unresolved is:regressed", "Regressed"],
  ["is:unresolved is:escalating", "Escalating"],
  ["is:unresolved assigned:me", "Mine"],
  ["is:archived", "Archived"],
  ["is:resolved", "Resolved"],
];

const sortedWords = (query: string) => query.trim().split(/\s+/).sort().join(" ");

export function viewOf(query: string): string | undefined {
  return views.find(([view]) => sortedWords(view) === sortedWords(query))?.[0];
}
