import { useMemo } from "react";
import type { Vocabulary } from "../search/QueryBox";
import type { Scope } from "../shell/scope";
import { type Dataset, fieldValuesQuery } from "./exploreQueries";
import { facetKeysQuery } from "./facetQueries";
import { keysOf } from "./fields";

/** What the rows of a dataset can be searched by; values are those that occur in the chosen scope. */
export function useVocabulary(org: string, scope: Scope, dataset: Dataset): Vocabulary {
  return useMemo(
    () => ({
      keys: keysOf(dataset),
      ownKeys: facetKeysQuery(org, scope, dataset),
      valuesOf: (key: string) => fieldValuesQuery(org, scope, dataset, key),
    }),
    [org, scope, dataset],
  );
}
