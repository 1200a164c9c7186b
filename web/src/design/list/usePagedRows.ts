import { useMemo } from "react";

interface Paged<T> {
  data: { pages: readonly { rows: readonly T[] }[] } | undefined;
  hasNextPage: boolean;
  isFetchingNextPage: boolean;
  fetchNextPage: () => Promise<unknown>;
}

/** The rows of all pages that have come, and how to get more; `more` is absent while a page is coming or none is left. */
export function usePagedRows<T>(list: Paged<T>): { rows: readonly T[]; more: (() => void) | undefined } {
  const rows = useMemo(() => list.data?.pages.flatMap((page) => page.rows) ?? [], [list.data]);
  return {
    rows,
    more: list.hasNextPage && !list.isFetchingNextPage ? () => void list.fetchNextPage() : undefined,
  };
}
