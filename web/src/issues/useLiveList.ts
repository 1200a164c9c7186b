import { type InfiniteData, useQueryClient } from "@tanstack/react-query";
import { useEffect, useMemo, useRef, useState } from "react";
import type { Page } from "../api/client";
import { useLive } from "../api/live";
import type { Issue } from "../api/shapes";
import { issueListQuery, listKey } from "./issueQueries";
import type { ListSearch } from "./listSearch";

export interface LiveList {
  /** Issues that are not in the list as it stands, or have come back. */
  waiting: number;
  show: () => void;
}

/** Counts what is new without moving a row; rows that are already there get their numbers in place. */
export function useLiveList(org: string, search: ListSearch, rows: readonly Issue[]): LiveList {
  const queries = useQueryClient();
  const [waiting, setWaiting] = useState<ReadonlySet<string>>(new Set());
  const here = useMemo(() => new Set(rows.map((row) => row.id)), [rows]);
  const key = JSON.stringify(search);
  const lastKey = useRef(key);

  useEffect(() => {
    if (lastKey.current !== key) {
      lastKey.current = key;
      setWaiting(new Set());
    }
  }, [key]);

  useLive(org, {
    issue: (change) => {
      if (search.project && !search.project.includes(change.projectId)) {
        return;
      }
      if (!here.has(change.issueId) || change.isRegression) {
        if (change.isNew || change.isRegression || here.size === 0) {
          setWaiting((old) => new Set(old).add(change.issueId));
        }
        return;
      }
      const now = new Date().toISOString();
      queries.setQueryData<InfiniteData<Page<Issue>>>(
        issueListQuery(org, search).queryKey,
        (data) =>
          data && {
            ...data,
            pages: data.pages.map((page) => ({
              ...page,
              rows: page.rows.map((row) =>
                row.id === change.issueId
                  ? { ...row, count: String(Number(row.count) + change.count), lastSeen: now }
                  : row,
              ),
            })),
          },
      );
    },
  });

  return {
    waiting: waiting.size,
    show: () => {
      setWaiting(new Set());
      void queries.invalidateQueries({ queryKey: listKey(org) });
    },
  };
}
