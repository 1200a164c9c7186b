import { type InfiniteData, useQueryClient } from "@tanstack/react-query";
import { api, type Page } from "../api/client";
import type { Assignee, Issue, IssueDetail, IssueStatus, Priority, StatusDetails } from "../api/shapes";
import { plural } from "../design/format";
import { useNotice } from "../design/Notices";
import { listKey } from "./issueQueries";

export interface IssueChange {
  status?: IssueStatus;
  statusDetails?: StatusDetails;
  substatus?: string;
  priority?: Priority;
  /** Null: nobody. */
  assignedTo?: Assignee | null;
}

export type Rows = InfiniteData<Page<Issue>>;

/** What people do to issues: at once on the page, then on the server, and taken back with one click for ten seconds. */
export function useIssueActions(org: string) {
  const queries = useQueryClient();
  const notice = useNotice();

  const patch = (ids: ReadonlySet<string>, change: (issue: Issue) => Issue | undefined) => {
    queries.setQueriesData<Rows>(
      { queryKey: listKey(org) },
      (data) => data && mapRows(data, (row) => (ids.has(row.id) ? change(row) : row)),
    );
    for (const id of ids) {
      queries.setQueryData<IssueDetail>([org, "issue", id], (old) => old && { ...old, ...change(old) });
    }
  };

  const send = async (ids: readonly string[], change: IssueChange) => {
    await api.put(`organizations/${org}/issues/`, bodyOf(change), { query: { id: ids } });
    await Promise.all([
      queries.invalidateQueries({ queryKey: listKey(org), refetchType: "none" }),
      ...ids.map((id) => queries.invalidateQueries({ queryKey: [org, "issue", id] })),
    ]);
  };

  const fail = (error: unknown) => {
    notice({ text: error instanceof Error ? error.message : "That failed.", tone: "error" });
    void queries.invalidateQueries({ queryKey: listKey(org) });
  };

  const change = (issues: readonly Issue[], wanted: IssueChange, done: string) => {
    const ids = issues.map((issue) => issue.id);
    patch(new Set(ids), (issue) => ({ ...issue, ...wanted }));
    send(ids, wanted).catch(fail);
    notice({
      text: issues.length === 1 ? `${issues[0]?.shortId} ${done}` : `${plural(issues.length, "issue")} ${done}`,
      undo: () => {
        for (const old of issues) {
          const before = stateBefore(old, wanted);
          patch(new Set([old.id]), (issue) => ({ ...issue, ...before }));
          send([old.id], before).catch(fail);
        }
      },
    });
  };

  /** Deletes after the ten seconds in which it can be undone. */
  const remove = (issues: readonly Issue[], after?: () => void) => {
    const ids = issues.map((issue) => issue.id);
    const before = queries.getQueriesData<Rows>({ queryKey: listKey(org) });
    patch(new Set(ids), () => undefined);
    const commit = (keepalive: boolean) => {
      window.removeEventListener("pagehide", leave);
      api.delete(`organizations/${org}/issues/`, { query: { id: ids }, keepalive }).then(after, fail);
    };
    const leave = () => commit(true);
    window.addEventListener("pagehide", leave);
    notice({
      text: `${plural(issues.length, "issue")} deleted with all events`,
      undo: () => {
        window.removeEventListener("pagehide", leave);
        for (const [key, data] of before) {
          queries.setQueryData(key, data);
        }
      },
      settled: () => commit(false),
    });
  };

  return { change, remove };
}

function bodyOf({ assignedTo, ...rest }: IssueChange): Record<string, unknown> {
  return assignedTo === undefined
    ? rest
    : { ...rest, assignedTo: assignedTo ? `${assignedTo.type}:${assignedTo.id}` : "" };
}

function stateBefore(old: Issue, changed: IssueChange): IssueChange {
  const before: IssueChange = {};
  if (changed.status) {
    before.status = old.status;
    before.statusDetails = old.statusDetails;
    const until = old.statusDetails.ignoreUntil;
    if (until) {
      before.statusDetails = { ignoreDuration: Math.max(1, Math.ceil((Date.parse(until) - Date.now()) / 60_000)) };
    }
    if (old.substatus) {
      before.substatus = old.substatus;
    }
  }
  if (changed.priority && old.priority) {
    before.priority = old.priority;
  }
  if (changed.assignedTo !== undefined) {
    before.assignedTo = old.assignedTo;
  }
  return before;
}

/** Undefined: the row goes. */
export function mapRows(data: Rows, change: (row: Issue) => Issue | undefined): Rows {
  return {
    ...data,
    pages: data.pages.map((page) => {
      const rows = page.rows.flatMap((row) => change(row) ?? []);
      const gone = page.rows.length - rows.length;
      return { ...page, rows, hits: page.hits === undefined ? undefined : page.hits - gone };
    }),
  };
}
