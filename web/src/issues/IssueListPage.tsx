import { useInfiniteQuery } from "@tanstack/react-query";
import { useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { Suspense, useEffect, useRef, useState } from "react";
import type { Issue } from "../api/shapes";
import { useListCursor } from "../design/list/useListCursor";
import { usePagedRows } from "../design/list/usePagedRows";
import { useKeys } from "../design/useKeys";
import type { QueryBoxHandle } from "../search/QueryBox";
import { keepScope } from "../shell/scope";
import type { AssignRequest } from "./AssignDialog";
import { AssignDialog, MergeDialog } from "./dialogs";
import styles from "./IssueListPage.module.css";
import { IssueTable } from "./IssueTable";
import { issueListQuery } from "./issueQueries";
import { ListBar } from "./ListBar";
import { ListStates } from "./ListStates";
import { LiveBar } from "./LiveBar";
import type { ListSearch } from "./listSearch";
import { SearchBox } from "./SearchBox";
import { SelectionBar } from "./SelectionBar";
import { useIssueActions } from "./useIssueActions";
import { useLiveList } from "./useLiveList";
import { useMerge } from "./useMerge";

/** Who reads the list opens an issue next; its page comes while there is nothing else to do. */
const comesNext = () => Promise.all([import("../design/MantineRoom"), import("./IssuePage")]);
const calmAfter = 1_500;

export function IssueListPage() {
  const { org } = useParams({ from: "/inside/organizations/$org/issues" });
  const search = useSearch({ from: "/inside/organizations/$org/issues" });
  const navigate = useNavigate({ from: "/organizations/$org/issues" });
  const list = useInfiniteQuery(issueListQuery(org, search));
  const { rows, more } = usePagedRows(list);
  const [cursor, leaveCursor] = useListCursor(rows.length, (at) => rows[at] && open(rows[at].id));
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const [merging, setMerging] = useState<readonly Issue[]>();
  const [assigning, setAssigning] = useState<AssignRequest>();
  const searchBox = useRef<QueryBoxHandle>(null);
  const actions = useIssueActions(org);
  const { merge } = useMerge(org);
  const live = useLiveList(org, search, rows);

  const open = (issueId: string) =>
    void navigate({ to: "/organizations/$org/issues/$issueId", params: { org, issueId }, search: keepScope });
  const chosen = rows.filter((row) => selected.has(row.id));
  const current = rows[cursor];
  const targets = chosen.length > 0 ? chosen : current ? [current] : [];
  const change = (part: Partial<ListSearch>) => {
    leaveCursor();
    setSelected(new Set());
    void navigate({ search: (old) => ({ ...old, ...part }) });
  };
  const toggle = (id: string) => {
    const next = new Set(selected);
    if (!next.delete(id)) {
      next.add(id);
    }
    setSelected(next);
  };
  const act = (what: Parameters<typeof actions.change>[1], done: string) => {
    if (targets.length > 0) {
      actions.change(targets, what, done);
      setSelected(new Set());
    }
  };

  useKeys({
    x: () => current && toggle(current.id),
    e: () => act({ status: "resolved", statusDetails: {} }, "resolved"),
    m: () => act({ status: "ignored", substatus: "archived_until_escalating" }, "archived until it escalates"),
    a: () => targets.length > 0 && setAssigning({ issues: targets }),
    "/": () => searchBox.current?.focus(),
    escape: () => setSelected(new Set()),
  });

  useEffect(() => {
    const calm = setTimeout(() => void comesNext(), calmAfter);
    return () => clearTimeout(calm);
  }, []);

  return (
    <div className={styles.page}>
      <SearchBox ref={searchBox} org={org} query={search.query} search={(query) => change({ query })} />
      {chosen.length > 0 ? (
        <SelectionBar
          count={chosen.length}
          clear={() => setSelected(new Set())}
          selectAll={() => setSelected(new Set(rows.map((row) => row.id)))}
          act={act}
          assign={() => setAssigning({ issues: chosen })}
          merge={() => setMerging(chosen)}
          remove={() => {
            actions.remove(chosen);
            setSelected(new Set());
          }}
        />
      ) : (
        <ListBar search={search} hits={list.data?.pages[0]?.hits} change={change} />
      )}
      <LiveBar live={live} />
      <ListStates org={org} list={list} rows={rows.length} search={search} />
      {rows.length > 0 && (
        <IssueTable
          org={org}
          rows={rows}
          trend={search.trend ?? "24h"}
          cursor={cursor}
          selected={selected}
          toggle={toggle}
          change={(issue, what, done) => actions.change([issue], what, done)}
          assign={(issue) => setAssigning({ issues: [issue] })}
          open={open}
          more={more}
        />
      )}
      <Suspense>
        {assigning && (
          <AssignDialog org={org} request={assigning} close={() => setAssigning(undefined)} assign={actions.change} />
        )}
        {merging && (
          <MergeDialog
            issues={merging}
            close={() => setMerging(undefined)}
            merge={() => {
              merge(merging);
              setSelected(new Set());
            }}
          />
        )}
      </Suspense>
    </div>
  );
}
