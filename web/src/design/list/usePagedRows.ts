import { useMemo } from "react";

interface Paged<T> {
  data: { pages: readonly { rows: readonly T[] }[] } | undefined;
  hasNextPage: boolean;
  isFetchingNextPage: boolean;
  isFetchNextPageError: boolean;
  fetchNextPage: () => Promise<unknown>;
}

/** What comes after the rows that are there. */
export interface MoreRows {
  /** Fetches the next page; absent while one is coming, where none is left, and after a failure. */
  next?: () => void;
  /** Tries again what failed. */
  retry?: () => void;
}

/** The rows of all pages that have come, and how to get more. */
export function usePagedRows<T>(list: Paged<T>): { rows: readonly T[]; more: MoreRows } {
  const rows = useMemo(() => list.data?.pages.flatMap((page) => page.rows) ?? [], [list.data]);
  const next = () => void list.fetchNextPage();
  if (!list.hasNextPage || list.isFetchingNextPage) {
    return { rows, more: {} };
  }
  // Not by itself: the list would ask again and again as long as its end is in sight.
  return { rows, more: list.isFetchNextPageError ? { retry: next } : { next } };
}
