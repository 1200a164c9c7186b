import { Menu } from "@mantine/core";
import { useInfiniteQuery, useMutation, useQueryClient } from "@tanstack/react-query";
import { api, urlOf } from "../api/client";
import type { QuarantineItem } from "../api/shapes";
import { Ago } from "../design/Ago";
import { Button } from "../design/Button";
import { bytes, plural } from "../design/format";
import { MoreButton } from "../design/list/MoreButton";
import { useNotice } from "../design/Notices";
import { RowMenu } from "../design/RowMenu";
import { Bones, Failure } from "../design/States";
import table from "../settings/Table.module.css";
import page from "./PipelinePage.module.css";
import { quarantineQuery } from "./pipelineQueries";
import styles from "./QuarantineSection.module.css";

/** Items that could not be processed: kept with their bytes until somebody decides. */
export function QuarantineSection({ waiting }: { waiting: number }) {
  const list = useInfiniteQuery(quarantineQuery);
  const items = list.data?.pages.flatMap((one) => one.rows) ?? [];
  const queries = useQueryClient();
  const notice = useNotice();
  const act = useMutation({
    mutationFn: ({ run }: { run: () => Promise<unknown>; done: string }) => run(),
    onSuccess: (_answer, { done }) => notice({ text: done }),
    onError: (error) => notice({ text: error.message, tone: "error" }),
    onSettled: () => queries.invalidateQueries({ queryKey: quarantineQuery.queryKey }),
  });
  const replay = (item: QuarantineItem) =>
    act.mutate({
      run: () => api.post(`internal/quarantine/${item.id}/replay/`),
      done: "Sent through the pipeline again",
    });
  const forget = (item: QuarantineItem) => {
    notice({
      text: "Item forgotten with its bytes",
      undo: () => void queries.invalidateQueries({ queryKey: quarantineQuery.queryKey }),
      settled: () =>
        act.mutate({
          run: () => api.delete(`internal/quarantine/${item.id}/`, { keepalive: true }),
          done: "Item forgotten",
        }),
    });
  };

  return (
    <section className={page.section}>
      <h2 className={page.title}>
        Quarantine{" "}
        <span className={page.note}>
          {waiting === 0 ? "nothing waits" : plural(waiting, "item")}; kinds that this version does not handle yet, and
          what failed three times
        </span>
      </h2>
      {list.isPending && <Bones rows={3} />}
      {list.isError && items.length === 0 && (
        <Failure what="The quarantine could not be read" error={list.error} retry={() => void list.refetch()} />
      )}
      {items.length > 0 && (
        <div className={table.scroll}>
          <table className={table.table}>
            <thead>
              <tr>
                <th>Received</th>
                <th>Kind</th>
                <th className={styles.wide}>Project</th>
                <th>Why</th>
                <th className={styles.wide}>Size</th>
                <th />
              </tr>
            </thead>
            <tbody>
              {items.map((item) => (
                <tr key={item.id}>
                  <td className={table.small}>
                    <Ago at={item.dateReceived} suffix=" ago" />
                  </td>
                  <td>
                    <code>{item.itemType}</code>
                  </td>
                  <td className={styles.wide}>{item.projectSlug ?? item.projectId}</td>
                  <td className={styles.why} title={item.error ?? ""}>
                    {item.dateReplayed ? (
                      <>
                        played again <Ago at={item.dateReplayed} suffix=" ago" />
                      </>
                    ) : item.reason === "unhandled" ? (
                      "not handled yet"
                    ) : (
                      (item.error ?? item.reason)
                    )}
                  </td>
                  <td className={`${table.small} ${styles.wide}`}>{bytes(item.bytes)}</td>
                  <td>
                    <Button small disabled={item.dateReplayed !== null} onClick={() => replay(item)}>
                      Play again
                    </Button>{" "}
                    <RowMenu label={`What to do with item ${item.id}`}>
                      <Menu.Item component="a" href={urlOf(`internal/quarantine/${item.id}/download/`)} download>
                        Download
                      </Menu.Item>
                      <Menu.Item data-danger="true" onClick={() => forget(item)}>
                        Forget
                      </Menu.Item>
                    </RowMenu>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      <MoreButton list={list}>Older items</MoreButton>
    </section>
  );
}
