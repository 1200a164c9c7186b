import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { useMemo, useRef, useState } from "react";
import { ApiError } from "../api/errors";
import type { TraceError } from "../api/traceShapes";
import { Bones, Empty, Failure } from "../design/States";
import { useNarrow } from "../design/useNarrow";
import { keepScope } from "../shell/scope";
import { Lanes } from "./Lanes";
import { criticalPath } from "./layout/criticalPath";
import type { Row } from "./layout/rows";
import { buildTree, type SpanNode } from "./layout/spanTree";
import { vitalMarks } from "./layout/vitals";
import { rowWords } from "./rowWords";
import { SpanPanel } from "./SpanPanel";
import { SpanTable } from "./SpanTable";
import { TraceBar } from "./TraceBar";
import { TraceHead } from "./TraceHead";
import { TraceNotices } from "./TraceNotices";
import styles from "./TracePage.module.css";
import { mostSpans, traceQuery } from "./traceQueries";
import { useSelectedSpan } from "./useSelectedSpan";
import { useServiceColours } from "./useServiceColours";
import { useTraceKeys } from "./useTraceKeys";
import { useTraceRows } from "./useTraceRows";
import { useTraceSearch } from "./useTraceSearch";
import { useTreeWidth } from "./useTreeWidth";
import { useUsual } from "./useUsual";
import { WaterfallView } from "./WaterfallView";
import type { Scene } from "./waterfall/scene";
import type { Waterfall } from "./waterfall/Waterfall";

const here = "/inside/organizations/$org/traces/$traceId";

/** Another trace begins anew: nothing that was opened, searched or moved in the one before says anything of it. */
export function TracePage() {
  const { org, traceId } = useParams({ from: here });
  return <Trace key={traceId} org={org} traceId={traceId} />;
}

function Trace({ org, traceId }: { org: string; traceId: string }) {
  const search = useSearch({ from: here });
  const navigate = useNavigate();
  const stacked = useNarrow();
  const [limit, setLimit] = useState<number>();
  const [path, setPath] = useState(true);
  const [withUsual, setUsual] = useState(true);
  const [treeWidth, setTreeWidth] = useTreeWidth();
  const waterfall = useRef<Waterfall>(null);

  const query = useQuery({ ...traceQuery(org, traceId, limit), placeholderData: keepPreviousData });
  const trace = query.data;
  const usual = useUsual(org, trace);
  const tree = useMemo(() => trace && buildTree(trace), [trace]);
  const critical = useMemo(() => (tree && path ? criticalPath(tree) : undefined), [tree, path]);
  const vitals = useMemo(() => (trace && tree ? vitalMarks(trace.vitals, tree) : []), [trace, tree]);
  const services = useMemo(() => [...(tree?.lanes.keys() ?? [])], [tree]);
  const colours = useServiceColours(org, services);
  const rows = useTraceRows(tree, search.span);
  const currentRow = rows.rows[rows.cursor];
  const current = currentRow?.kind === "span" ? currentRow.node : undefined;

  const open = useSelectedSpan({
    span: search.span,
    tree,
    rows,
    write: (span) => void navigate({ to: ".", search: (old) => ({ ...old, span, node: undefined }), replace: true }),
  });
  const leave = () => void navigate({ to: "/organizations/$org/traces", params: { org }, search: keepScope });
  const go = (node: SpanNode) => {
    rows.reveal(node);
    if (search.span) {
      open(node.span.span_id);
    }
  };
  const finder = useTraceSearch(tree, current, go, usual);
  const showError = (error: TraceError) => {
    const node = error.span_id ? tree?.byId.get(error.span_id) : undefined;
    if (node) {
      rows.reveal(node);
      open(node.span.span_id);
    } else {
      void navigate({
        to: "/organizations/$org/issues/$issueId",
        params: { org, issueId: error.issue_id },
        search: (old) => ({ ...keepScope(old), event: error.event_id }),
      });
    }
  };

  const scene = useMemo<Scene | undefined>(
    () =>
      tree && {
        tree,
        rows: rows.rows,
        lanes: colours,
        path: critical,
        usual: withUsual ? usual : undefined,
        found: finder.found,
        cursor: rows.cursor,
        selected: search.span,
        vitals,
        treeWidth,
        stacked,
      },
    [
      tree,
      rows.rows,
      colours,
      critical,
      withUsual,
      usual,
      finder.found,
      rows.cursor,
      search.span,
      vitals,
      treeWidth,
      stacked,
    ],
  );
  const searchBox = useTraceKeys({ rows, waterfall, finder, selected: search.span, open, leave, currentRow });

  if (!trace || !tree || !scene) {
    if (query.isPending) {
      return <Bones rows={20} height={26} />;
    }
    return query.error instanceof ApiError && query.error.status === 404 ? (
      <Empty title="Nothing of this trace is here">
        No span of <code>{traceId}</code> is stored. Its clients may not have sampled it, or its time is over. Should a
        span come, it is shown here by itself.
      </Empty>
    ) : (
      <Failure what="This trace could not be shown" error={query.error} retry={() => void query.refetch()} />
    );
  }
  const pick = (row: Row) => {
    rows.moveTo(rows.rows.indexOf(row));
    if (row.kind === "span") {
      open(row.node.span.span_id);
    }
  };
  return (
    <div className={styles.page}>
      <TraceHead org={org} trace={trace} tree={tree} vitals={vitals} showError={showError} />
      <TraceNotices
        trace={trace}
        tree={tree}
        loading={query.isPlaceholderData}
        more={limit === undefined ? () => setLimit(mostSpans) : undefined}
      />
      <TraceBar
        finder={finder}
        searchBox={searchBox}
        toggles={{ path, setPath, usual: withUsual, setUsual }}
        rows={rows}
        zoom={search.zoom ? () => waterfall.current?.showWindow(undefined) : undefined}
        table={search.view === "table"}
        tree={tree}
        critical={critical}
      />
      <div className={styles.body}>
        {tree.all.length === 0 ? (
          <Empty title="No span of this trace is here">
            Only its errors are: the clients did not sample this trace, or its spans are still on their way. They are
            shown here by themselves when they come.
          </Empty>
        ) : search.view === "table" ? (
          <SpanTable colours={colours} rows={rows} selected={search.span} found={finder.found} pick={pick} />
        ) : (
          <WaterfallView
            ref={waterfall}
            scene={scene}
            legend={<Lanes tree={tree} colours={colours} choose={finder.setText} chosen={finder.text} />}
            spoken={currentRow ? rowWords(currentRow, rows.cursor, rows.rows.length) : ""}
            resize={setTreeWidth}
            select={pick}
            toggle={(row) => {
              rows.moveTo(rows.rows.indexOf(row));
              rows.toggle(row);
            }}
            showError={showError}
            zoom={search.zoom}
            keepZoom={(zoom) => void navigate({ to: ".", search: (old) => ({ ...old, zoom }), replace: true })}
          />
        )}
        {search.span && (
          <SpanPanel
            org={org}
            trace={trace}
            colours={colours}
            node={tree.byId.get(search.span)}
            spanId={search.span}
            path={critical}
            usual={usual}
            close={() => open(undefined)}
            go={go}
          />
        )}
      </div>
    </div>
  );
}
