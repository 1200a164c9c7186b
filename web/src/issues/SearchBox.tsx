import { type Ref, useMemo } from "react";
import { fieldValuesQuery } from "../explore/exploreQueries";
import { facetKeysQuery } from "../explore/facetQueries";
import { QueryBox, type QueryBoxHandle } from "../search/QueryBox";
import { defaultQuery } from "./listSearch";
import { searchKeys } from "./searchKeys";

interface SearchBoxProps {
  ref: Ref<QueryBoxHandle>;
  org: string;
  /** What the URL says; undefined stands for the default query. */
  query: string | undefined;
  search: (query: string | undefined) => void;
}

/** The search of issues: its keys, and the tags of lately received errors. */
export function SearchBox({ ref, org, query, search }: SearchBoxProps) {
  const vocabulary = useMemo(
    () => ({
      keys: searchKeys,
      ownKeys: facetKeysQuery(org, {}, "errors"),
      valuesOf: (key: string) => fieldValuesQuery(org, {}, "errors", key),
    }),
    [org],
  );
  return (
    <QueryBox
      ref={ref}
      label="Search issues"
      placeholder="Search: words, or a key such as level:error"
      vocabulary={vocabulary}
      query={query ?? defaultQuery}
      search={(wanted) => search(wanted === defaultQuery ? undefined : wanted)}
    />
  );
}
