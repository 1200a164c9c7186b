import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import type { SpanDetail, TraceDetail } from "../api/traceShapes";
import { duration, moment, percent, shortNumber } from "../design/format";
import { transactionLink } from "../performance/transactionLink";
import { projectsQuery } from "../shell/organizations";
import { type CriticalPath, waitedFor } from "./layout/criticalPath";
import type { SpanNode } from "./layout/spanTree";
import { gapsOf } from "./layout/stretches";
import { browserWords } from "./pageLoadWords";
import styles from "./SpanFacts.module.css";
import type { UsualOf } from "./usual";
import { usualWords } from "./usualWords";

interface SpanFactsProps {
  org: string;
  trace: TraceDetail;
  node: SpanNode;
  path: CriticalPath | undefined;
  usual: UsualOf | undefined;
  /** Absent until it has come. */
  detail: SpanDetail | undefined;
  go: (node: SpanNode) => void;
}

/** How long, when, where and for whom; the way to the statistics of the endpoint. */
export function SpanFacts({ org, trace, node, path, usual, detail, go }: SpanFactsProps) {
  const { span } = node;
  const waited = path ? waitedFor(path, node) : 0;
  const gap = (trace.truncated ? [] : gapsOf(node)).reduce((sum, { from, to }) => sum + to - from, 0);
  const rows: [string, ReactNode][] = [
    ["Duration", <b key="d">{duration(span.duration)}</b>],
    // Its place is kept from the beginning, so that nothing moves when it is known.
    ["Usually", usual ? (usualWords(span.duration, usual(span)) ?? "nothing to compare with") : "…"],
    ["Self time", `${duration(span.self_time)}${share(span.self_time, span.duration)}`],
    ["Critical", waited > 0 && `the trace waited ${duration(waited)} for it`],
    ["Un-instrumented", gap > 0 && duration(gap)],
    [
      "Start",
      <span key="s" title={moment(new Date(span.start * 1000))}>
        {duration(node.start)} into the trace
      </span>,
    ],
    ["Clock", span.clock_shifted_ms && `moved by ${duration(Math.abs(span.clock_shifted_ms))}`],
    ["Status", span.status !== "unknown" && <span data-failed={span.failed}>{span.status.replaceAll("_", " ")}</span>],
    ["Transaction", span.transaction && <Endpoint key="t" org={org} node={node} />],
    [
      "Parent",
      node.parent ? (
        <ParentLink key="p" parent={node.parent} go={go} />
      ) : (
        node.orphan && `${span.parent_span_id}, not here`
      ),
    ],
    ["User", detail?.user],
    ["Browser", detail && browserWords(detail)],
    ["System", !detail?.browser && detail?.os],
    ["Device", detail?.device],
    ["Connection", detail?.connection],
    ["Country", detail?.country],
    ["Release", detail?.release],
    ["Environment", detail?.environment],
    ["Server", detail?.server_name],
    ["SDK", detail?.sdk && `${detail.sdk.name} ${detail.sdk.version ?? ""}`],
    ["Stands for", detail && detail.weight > 1 && `${shortNumber(detail.weight)} spans: traces are sampled`],
  ];
  return (
    <dl className={styles.facts}>
      {rows.map(
        ([name, value]) =>
          value !== undefined &&
          value !== null &&
          value !== false &&
          value !== "" &&
          value !== 0 && (
            <div key={name} className={styles.fact}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ),
      )}
    </dl>
  );
}

function Endpoint({ org, node }: { org: string; node: SpanNode }) {
  const projects = useQuery(projectsQuery(org)).data;
  const { transaction, project, op } = segmentOf(node).span;
  return (
    transaction !== null && <Link {...transactionLink(org, { transaction, project, op }, projects)}>{transaction}</Link>
  );
}

/** The span's endpoint is that of the segment it belongs to. */
function segmentOf(node: SpanNode): SpanNode {
  let at = node;
  while (!at.span.is_segment && at.parent?.span.transaction === node.span.transaction) {
    at = at.parent;
  }
  return at;
}

function ParentLink({ parent, go }: { parent: SpanNode; go: (node: SpanNode) => void }) {
  return (
    <button type="button" className={styles.parent} onClick={() => go(parent)}>
      {parent.span.op} {parent.span.description ?? ""}
    </button>
  );
}

function share(part: number, whole: number): string {
  return whole > 0 ? `, ${percent(part / whole)}` : "";
}
