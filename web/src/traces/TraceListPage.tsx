import { useInfiniteQuery } from "@tanstack/react-query";
import { useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { useMemo, useRef } from "react";
import { useListCursor } from "../design/list/useListCursor";
import { usePagedRows } from "../design/list/usePagedRows";
import { PartialNotice } from "../design/PartialNotice";
import { Segments } from "../design/Segments";
import { Bones, Empty, Failure } from "../design/States";
import { useKeys } from "../design/useKeys";
import { useVocabulary } from "../explore/useVocabulary";
import { LiveBar } from "../issues/LiveBar";
import { NoSpans } from "../onboarding/NoSpans";
import { QueryBox, type QueryBoxHandle } from "../search/QueryBox";
import { inPeriod, keepScope } from "../shell/scope";
import styles from "./TraceListPage.module.css";
import { TraceTable } from "./TraceTable";
import { traceListQuery } from "./traceQueries";
import { traceIdIn } from "./traceSearch";
import { useNewTraces } from "./useNewTraces";

const here = "/inside/organizations/$org/traces";

export function TraceListPage() {
  const { org } = useParams({ from: here });
  const search = useSearch({ from: here });
  const navigate = useNavigate();
  const list = useInfiniteQuery(traceListQuery(org, search));
  const { rows, more } = usePagedRows(list);
  const [cursor, leaveCursor] = useListCursor(rows.length, (at) => rows[at] && open(rows[at].trace_id));
  const scope = useMemo(() => keepScope(search), [search]);
  const vocabulary = useVocabulary(org, scope, "spans");
  const searchBox = useRef<QueryBoxHandle>(null);
  const live = useNewTraces(org, search, rows);
  const partial = list.data?.pages.some((page) => page.partial);

  const open = (traceId: string) =>
    void navigate({ to: "/organizations/$org/traces/$traceId", params: { org, traceId }, search: keepScope });
  const find = (query: string) => {
    const id = traceIdIn(query);
    if (id) {
      open(id);
    } else {
      leaveCursor();
      void navigate({ to: ".", search: (old) => ({ ...old, query: query || undefined }) });
    }
  };

  useKeys({
    "/": () => searchBox.current?.focus(),
  });

  return (
    <div className={styles.page}>
      <div className={styles.bar}>
        <QueryBox
          ref={searchBox}
          label="Search traces"
          placeholder="Search: a trace id, words, or a key such as span.duration:>300"
          vocabulary={vocabulary}
          query={search.query ?? ""}
          search={find}
        />
        <Segments
          className={styles.sort}
          aria-label="Order"
          data={[
            { value: "", label: "Newest" },
            { value: "duration", label: "Slowest" },
          ]}
          value={search.sort ?? ""}
          onChange={(sort) => {
            leaveCursor();
            void navigate({ to: ".", search: (old) => ({ ...old, sort: sort || undefined }) });
          }}
        />
      </div>
      <LiveBar live={live} />
      <PartialNotice partial={partial} />
      {list.isPending && <Bones rows={20} />}
      {list.isError && rows.length === 0 && (
        <Failure what="The traces could not be read" error={list.error} retry={() => void list.refetch()} />
      )}
      {list.data &&
        rows.length === 0 &&
        !partial &&
        (search.query ? (
          <Empty title="No trace matches">
            Nothing fits <code>{search.query}</code> {inPeriod(search)}. A longer time or fewer words may find more.
          </Empty>
        ) : (
          <NoSpans org={org} scope={search} what="trace" />
        ))}
      {rows.length > 0 && <TraceTable org={org} rows={rows} cursor={cursor} more={more} />}
    </div>
  );
}
