import type { TraceDetail } from "../api/traceShapes";
import { Button } from "../design/Button";
import { duration, exactNumber, plural } from "../design/format";
import type { SpanTree } from "./layout/spanTree";
import styles from "./TraceNotices.module.css";
import { mostSpans } from "./traceQueries";
import { useMayGrow } from "./useMayGrow";

interface TraceNoticesProps {
  trace: TraceDetail;
  tree: SpanTree;
  loading: boolean;
  /** Asks for all that the server gives; absent when that is shown. */
  more: (() => void) | undefined;
}

/** What one must know to read the picture rightly: clocks that differ, spans that are missing, spans left out. */
export function TraceNotices({ trace, tree, loading, more }: TraceNoticesProps) {
  const orphans = tree.roots.filter((node) => node.orphan).length;
  const waiting = useMayGrow(trace);
  return (
    <div className={styles.notices}>
      {trace.truncated && (
        <p>
          {exactNumber(tree.all.length)} spans are shown; the trace has more, so gaps are not marked.{" "}
          {more && (
            <Button small busy={loading} onClick={more}>
              Show up to {exactNumber(mostSpans)}
            </Button>
          )}
        </p>
      )}
      {trace.more_errors && (
        <p>The first {exactNumber(trace.errors.length)} errors are shown; the trace has more, or more issues.</p>
      )}
      {trace.partial && <p>A part of the store could not answer: spans of this trace may be missing.</p>}
      {trace.clock_skew.map((skew) => (
        <p key={`${skew.project} ${skew.service} ${skew.host}`}>
          The clock of {skew.service ?? skew.project}
          {skew.host && ` on ${skew.host}`} is {duration(Math.abs(skew.milliseconds))}{" "}
          {skew.milliseconds < 0 ? "ahead" : "behind"}: its spans are moved so that they fit the calls that led to them.
        </p>
      ))}
      {orphans > 0 && (
        <p>
          {plural(orphans, "span")} with a dashed edge{" "}
          {orphans === 1 ? "names a parent that is" : "name parents that are"} not here
          {waiting ? " yet; they find their place when it comes" : ""}.
        </p>
      )}
    </div>
  );
}
