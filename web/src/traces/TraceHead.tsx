import { Link } from "@tanstack/react-router";
import type { TraceDetail, TraceError } from "../api/traceShapes";
import { Ago } from "../design/Ago";
import { CopyIcon } from "../design/Copy";
import { duration, plural, shortNumber } from "../design/format";
import { ratingWords } from "../performance/vitalText";
import { keepScope } from "../shell/scope";
import type { SpanTree } from "./layout/spanTree";
import type { VitalMark } from "./layout/vitals";
import { pageLoadFacts } from "./pageLoadWords";
import { TraceErrors } from "./TraceErrors";
import styles from "./TraceHead.module.css";
import { useMayGrow } from "./useMayGrow";

interface TraceHeadProps {
  org: string;
  trace: TraceDetail;
  tree: SpanTree;
  vitals: readonly VitalMark[];
  showError: (error: TraceError) => void;
}

/** What the trace is, how long it took, through what it went and what went wrong on the way. */
export function TraceHead({ org, trace, tree, vitals, showError }: TraceHeadProps) {
  const root = tree.roots.find((node) => !node.orphan) ?? tree.roots[0];
  const growing = useMayGrow(trace);
  const load = pageLoadFacts(trace.page_load);
  const started = new Date(tree.start * 1000).toISOString();
  return (
    <header className={styles.head}>
      <div className={styles.what}>
        <h1 className={styles.title}>
          {root && root.span.op !== "default" && <span className={styles.op}>{root.span.op} </span>}
          {root?.span.transaction ?? root?.span.description ?? "Trace without a root"}
        </h1>
        <p className={styles.facts}>
          <b title={`${tree.took.toFixed(3)} ms`}>{duration(tree.took)}</b>
          <span>
            <Ago at={started} suffix=" ago" />
          </span>
          <span>
            {shortNumber(tree.all.length)}
            {trace.truncated ? "+" : ""} {tree.all.length === 1 ? "span" : "spans"}
          </span>
          <span>{plural(tree.lanes.size, "service")}</span>
          <span className={styles.id}>
            <code title={trace.trace_id}>{trace.trace_id.slice(0, 8)}</code>
            <CopyIcon text={trace.trace_id} what="the trace id" />
          </span>
          {growing && <span className={styles.growing}>may still grow</span>}
        </p>
        {load.length > 0 && (
          <ul className={styles.load} aria-label="Page load">
            {load.map(([name, words]) => (
              <li key={name} title={name}>
                {words}
              </li>
            ))}
          </ul>
        )}
      </div>
      <ul className={styles.vitals} aria-label="Web vitals">
        {vitals.map((vital) => (
          <li key={vital.name} className={styles.vital} data-rating={vital.rating}>
            <span className={styles.vitalName}>{vital.name}</span>
            <b>{vital.name === "CLS" ? vital.value.toFixed(2) : duration(vital.value)}</b>
            <span className={styles.rating}>{ratingWords[vital.rating]}</span>
          </li>
        ))}
      </ul>
      <div className={styles.troubles}>
        <TraceErrors errors={trace.errors} showError={showError} />
        {trace.issues.map((issue) => (
          <Link
            key={issue.issue_id}
            to="/organizations/$org/issues/$issueId"
            params={{ org, issueId: issue.issue_id }}
            search={keepScope}
            className={styles.issue}
            title={issue.title}
          >
            {issue.title}
          </Link>
        ))}
      </div>
    </header>
  );
}
