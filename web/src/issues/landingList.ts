import type { QueryClient } from "@tanstack/react-query";
import { antiforgery } from "../api/client";
import { prefix } from "../api/prefix";
import { readScope } from "../shell/scope";
import { parseSearch } from "../shell/searchText";
import { issueListQuery } from "./issueQueries";
import { type ListSearch, readListSearch } from "./listSearch";

interface Address {
  pathname: string;
  search: string;
}

/** The list that an address shows; undefined when it shows another page. */
export function landingListOf({ pathname, search }: Address): { org: string; search: ListSearch } | undefined {
  const org = /^\/organizations\/([^/]+)\/issues\/?$/.exec(pathname.slice(prefix.length))?.[1];
  const sent = parseSearch(search);
  return org === undefined
    ? undefined
    : { org: decodeURIComponent(org), search: { ...sent, ...readScope(sent), ...readListSearch(sent) } };
}

/**
 * Asks for the first page's issues while the server is still asked who is there. Its route would ask after that; it finds
 * the answer under the same key.
 */
export function fetchLandingList(queries: QueryClient): void {
  const list = landingListOf(window.location);
  // The cookie lives as long as the session: without it there is nobody to answer.
  if (list && antiforgery(document.cookie)) {
    void queries.prefetchInfiniteQuery(issueListQuery(list.org, list.search));
  }
}
