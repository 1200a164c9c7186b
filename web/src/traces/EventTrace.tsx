import { IconAlertCircleFilled } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useMemo } from "react";
import { ApiError } from "../api/errors";
import type { EventDetail } from "../api/eventShapes";
import { duration, plural } from "../design/format";
import { Bones, Failure } from "../design/States";
import { Section } from "../events/Section";
import { keepScope } from "../shell/scope";
import styles from "./EventTrace.module.css";
import { previewOf } from "./layout/preview";
import { buildTree, type SpanNode, type SpanTree } from "./layout/spanTree";
import { traceQuery } from "./traceQueries";
import { useServiceColours } from "./useServiceColours";

const mostRows = 6;
const mostSpans = 2000;
const fresh = 60_000;

/** The trace an event happened in: the way to its span in small, and the link to the whole. */
export function EventTrace({ org, event }: { org: string; event: EventDetail }) {
  const { traceId, spanId } = traceOf(event);
  return traceId ? <Preview org={org} traceId={traceId} spanId={spanId} at={Date.parse(event.dateCreated)} /> : null;
}

interface PreviewProps {
  org: string;
  traceId: string;
  spanId: string | undefined;
  /** When the event happened, in milliseconds since 1970. */
  at: number;
}

function Preview({ org, traceId, spanId, at }: PreviewProps) {
  const trace = useQuery({
    ...traceQuery(org, traceId, mostSpans),
    // Its spans may come a moment after the error; of an old one nothing more is waited for.
    refetchInterval: (query) => (Date.now() - at < fresh && query.state.dataUpdateCount < 20 ? 3000 : false),
  });
  const tree = useMemo(() => trace.data && buildTree(trace.data), [trace.data]);
  // A trace without spans is there too: it has this error.
  const missing = (trace.error instanceof ApiError && trace.error.status === 404) || tree?.all.length === 0;
  const others = tree ? (trace.data?.errors.length ?? 0) - 1 : 0;
  return (
    <Section
      id="trace"
      title="Trace"
      note={
        tree &&
        !missing &&
        `${plural(tree.all.length, "span")}, ${duration(tree.took)}${others > 0 ? `, ${plural(others, "other error")}` : ""}`
      }
      actions={
        tree &&
        (!missing || others > 0) && (
          <Link to="/organizations/$org/traces/$traceId" params={{ org, traceId }} search={toSpan(spanId)}>
            View trace
          </Link>
        )
      }
    >
      {trace.isPending && !missing && <Bones rows={3} height={26} />}
      {missing && (
        <p className={styles.missing}>
          No span of <code>{traceId.slice(0, 8)}</code> is stored: the client did not sample this trace, or sends none.
          {others > 0 && ` ${plural(others, "other error")} happened in it.`}
        </p>
      )}
      {trace.isError && !missing && !tree && (
        <Failure what="The trace could not be read" error={trace.error} retry={() => void trace.refetch()} />
      )}
      {tree && !missing && (
        <PreviewRows org={org} traceId={traceId} spanId={spanId} tree={tree} at={at - tree.start * 1000} />
      )}
    </Section>
  );
}

function PreviewRows({ org, traceId, spanId, tree, at }: Omit<PreviewProps, "at"> & { tree: SpanTree; at: number }) {
  const nodes = previewOf(tree, spanId, mostRows);
  const services = useMemo(() => [...tree.lanes.keys()], [tree]);
  const colours = useServiceColours(org, services);
  const percent = (part: number) => `${Math.max(0, Math.min(100, (part / tree.duration) * 100))}%`;
  return (
    <ol className={styles.rows}>
      {nodes.map((node, index) => (
        <li key={node.span.span_id} data-gap={hides(nodes, index)}>
          <Link
            to="/organizations/$org/traces/$traceId"
            params={{ org, traceId }}
            search={toSpan(node.span.span_id)}
            className={styles.row}
            data-here={node.span.span_id === spanId}
            style={{ "--lane": colours.get(node.lane) }}
          >
            <span className={styles.words} style={{ paddingLeft: index * 12 }}>
              <span className={styles.op}>{node.span.is_segment ? node.lane : node.span.op}</span>
              {node.span.description ?? node.span.transaction ?? node.span.op}
            </span>
            <span className={styles.track}>
              <span
                className={styles.bar}
                data-failed={node.span.failed}
                style={{ left: percent(node.start), width: percent(node.end - node.start) }}
              />
              {node.span.span_id === spanId && (
                <IconAlertCircleFilled size={14} className={styles.mark} style={{ left: percent(at) }} />
              )}
            </span>
            <span className={styles.time}>{duration(node.span.duration)}</span>
          </Link>
        </li>
      ))}
    </ol>
  );
}

/** Whether spans between this row and the one above are left out. */
const hides = (nodes: readonly SpanNode[], index: number) =>
  index > 0 && nodes[index]?.parent !== undefined && nodes[index]?.parent !== nodes[index - 1];

const toSpan = (span: string | undefined) => (old: object) => ({ ...keepScope(old), span });

function traceOf(event: EventDetail): { traceId: string | undefined; spanId: string | undefined } {
  const trace = event.contexts.trace as { trace_id?: unknown; span_id?: unknown } | null | undefined;
  const text = (value: unknown) => (typeof value === "string" && value !== "" ? value : undefined);
  return { traceId: text(trace?.trace_id), spanId: text(trace?.span_id) };
}
