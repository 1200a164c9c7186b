import { TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useInfiniteQuery } from "@tanstack/react-query";
import { Link, useSearch } from "@tanstack/react-router";
import { useState } from "react";
import type { EventSummary } from "../api/eventShapes";
import { moment } from "../design/format";
import { MoreButton } from "../design/list/MoreButton";
import { Bones, Empty, Failure } from "../design/States";
import { eventListQuery } from "../events/eventQueries";
import styles from "./EventsTab.module.css";

/** Every kept event of the issue in the chosen time, newest first. */
export function EventsTab({ org, issueId }: { org: string; issueId: string }) {
  const scope = useSearch({ from: "/inside/organizations/$org" });
  const [typed, setTyped] = useState("");
  const [query] = useDebouncedValue(typed.trim(), 250);
  const list = useInfiniteQuery(eventListQuery(org, issueId, scope, query));
  const rows = list.data?.pages.flatMap((page) => page.rows) ?? [];
  return (
    <div className={styles.tab}>
      <TextInput
        aria-label="Search events"
        placeholder="Search: words, or a tag such as browser:Firefox"
        maw={460}
        value={typed}
        onChange={(event) => setTyped(event.currentTarget.value)}
      />
      {list.isPending && <Bones rows={10} />}
      {list.isError && rows.length === 0 && (
        <Failure what="The events could not be read" error={list.error} retry={() => void list.refetch()} />
      )}
      {list.data && rows.length === 0 && (
        <Empty title="No event here">
          None is in the chosen time and environment{query ? ` and fits ${query}` : ""}.
        </Empty>
      )}
      {rows.length > 0 && (
        <table className={styles.table}>
          <thead>
            <tr>
              <th>Time</th>
              <th>Event</th>
              <th>Title</th>
              <th>User</th>
              <th>Release</th>
              <th>Environment</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <Row key={row.eventID} row={row} />
            ))}
          </tbody>
        </table>
      )}
      <MoreButton list={list}>Older events</MoreButton>
    </div>
  );
}

function Row({ row }: { row: EventSummary }) {
  const tag = (key: string) => row.tags.find((one) => one.key === key)?.value ?? "";
  const user = row.user?.email || row.user?.username || row.user?.id || row.user?.ip_address || "";
  return (
    <tr>
      <td className={styles.time}>{moment(new Date(row.dateCreated))}</td>
      <td>
        <Link to="." search={(old) => ({ ...old, tab: undefined, event: row.eventID })}>
          <code>{row.eventID.slice(0, 8)}</code>
        </Link>
      </td>
      <td className={styles.title} title={row.title}>
        {row.title}
      </td>
      <td className={styles.cut}>{user}</td>
      <td className={styles.cut}>{tag("release")}</td>
      <td className={styles.cut}>{tag("environment")}</td>
    </tr>
  );
}
