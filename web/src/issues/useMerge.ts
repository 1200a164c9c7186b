import { useQueryClient } from "@tanstack/react-query";
import { api } from "../api/client";
import type { Issue, Merged, Unmerged } from "../api/shapes";
import { plural } from "../design/format";
import { useNotice } from "../design/Notices";
import { issueHashesQuery, listKey } from "./issueQueries";
import { cameWith, type MergedPart, parentOf } from "./mergeChoice";
import { mapRows, type Rows } from "./useIssueActions";

/** Makes one issue of several and takes them apart again; either is taken back with one click for ten seconds. */
export function useMerge(org: string) {
  const queries = useQueryClient();
  const notice = useNotice();

  const renew = () =>
    Promise.all([
      queries.invalidateQueries({ queryKey: listKey(org) }),
      queries.invalidateQueries({ queryKey: [org, "issue"] }),
    ]);
  const fail = (error: unknown) => {
    notice({ text: error instanceof Error ? error.message : "That failed.", tone: "error" });
    void renew();
  };
  const join = async (ids: readonly string[]) =>
    (await api.put<Merged>(`organizations/${org}/issues/`, { merge: 1 }, { query: { id: ids } })).merge;
  const takeOut = (parent: string, hashes: readonly string[]) =>
    api.delete<Unmerged>(`organizations/${org}/issues/${parent}/hashes/`, { query: { id: hashes } });

  const takeBack = async ({ parent, children }: NonNullable<Merged["merge"]>) => {
    const hashes = await queries.fetchQuery({ ...issueHashesQuery(org, parent), staleTime: 0 });
    for (const group of cameWith(hashes, children)) {
      await takeOut(parent, group);
    }
    await renew();
  };

  const merge = (issues: readonly Issue[]) => {
    const parent = parentOf(issues);
    const gone = new Set(issues.filter((issue) => issue !== parent).map((issue) => issue.id));
    queries.setQueriesData<Rows>(
      { queryKey: listKey(org) },
      (data) => data && mapRows(data, (row) => (gone.has(row.id) ? undefined : row)),
    );
    join(issues.map((issue) => issue.id)).then((merged) => {
      notice({
        text: `${plural(gone.size, "issue")} merged into ${parent?.shortId}`,
        undo: () => merged && void takeBack(merged).catch(fail),
      });
      void renew();
    }, fail);
  };

  /** Resolves when the issue stands on its own again. */
  const unmerge = async (parent: string, part: MergedPart) => {
    try {
      const { issue } = await takeOut(parent, part.hashes);
      notice({
        text: `${part.issue.shortId} is an issue of its own again`,
        undo: () => void join([parent, issue]).then(renew, fail),
      });
      await renew();
    } catch (error) {
      fail(error);
    }
  };

  return { merge, unmerge };
}
