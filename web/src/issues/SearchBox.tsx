import { type Ref, useMemo } from "react";
import { QueryBox, type QueryBoxHandle } from "../search/QueryBox";
import { defaultQuery } from "./listSearch";
import { searchKeys } from "./searchKeys";
import { tagKeysQuery, tagValuesQuery } from "./tagQueries";

interface SearchBoxProps {
  ref: Ref<QueryBoxHandle>;
  org: string;
  /** What the URL says; undefined stands for the default query. */
  query: string | undefined;
  search: (query: string | undefined) => void;
}

/** The search of issues: its keys, and the tags of the organization. */
export function SearchBox({ ref, org, query, search }: SearchBoxProps) {
  const vocabulary = useMemo(
    () => ({ keys: searchKeys, ownKeys: tagKeysQuery(org), valuesOf: (key: string) => tagValuesQuery(org, key) }),
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
