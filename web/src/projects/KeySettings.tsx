import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { api } from "../api/client";
import type { ProjectKey } from "../api/shapes";
import { Button } from "../design/Button";
import { useNotice } from "../design/Notices";
import { Bones, Empty, Failure } from "../design/States";
import { useMay } from "../settings/useMay";
import { KeyBlock } from "./KeyBlock";
import styles from "./KeySettings.module.css";
import { keysQuery } from "./projectQueries";

/** The keys with which clients may send. */
export function KeySettings({ org, project }: { org: string; project: string }) {
  const keys = useQuery(keysQuery(org, project));
  const queries = useQueryClient();
  const notice = useNotice();
  const may = useMay(org);
  const listKey = keysQuery(org, project).queryKey;
  const path = `projects/${org}/${project}/keys/`;
  const create = useMutation({
    mutationFn: () => api.post<ProjectKey>(path, { name: `Key ${(keys.data?.length ?? 0) + 1}` }),
    onError: (error) => notice({ text: error.message, tone: "error" }),
    onSettled: () => queries.invalidateQueries({ queryKey: listKey }),
  });
  const update = async (key: ProjectKey, patch: Partial<ProjectKey>) => {
    const changed = await api.put<ProjectKey>(`${path}${key.id}/`, patch);
    queries.setQueryData(listKey, (old) => old?.map((one) => (one.id === key.id ? changed : one)));
  };
  const remove = (key: ProjectKey) => {
    const reload = () => void queries.invalidateQueries({ queryKey: listKey });
    queries.setQueryData(listKey, (old) => old?.filter((one) => one.id !== key.id));
    notice({
      text: `${key.name} deleted: clients that use it are refused`,
      undo: reload,
      settled: () => {
        api.delete(`${path}${key.id}/`, { keepalive: true }).then(reload, (error: Error) => {
          notice({ text: error.message, tone: "error" });
          reload();
        });
      },
    });
  };

  if (keys.isPending) {
    return <Bones rows={2} height={120} />;
  }
  if (keys.isError) {
    return <Failure what="The keys could not be read" error={keys.error} retry={() => void keys.refetch()} />;
  }
  return (
    <>
      <div className={styles.head}>
        <p className={styles.explain}>
          A client sends with a DSN, which holds a key. To replace a key without losing events, create another, put it
          into your applications, then switch the old one off.
        </p>
        {may("project:write") && (
          <Button onClick={() => create.mutate()} busy={create.isPending}>
            New key
          </Button>
        )}
      </div>
      {keys.data.length === 0 && <Empty title="No key">Nothing can be sent to this project until it has one.</Empty>}
      {keys.data.map((key) => (
        <KeyBlock
          key={key.id}
          projectKey={key}
          fixed={!may("project:write")}
          update={(patch) => update(key, patch)}
          remove={may("project:admin") ? () => remove(key) : undefined}
        />
      ))}
    </>
  );
}
