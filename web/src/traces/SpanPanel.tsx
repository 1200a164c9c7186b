import { Modal } from "@mantine/core";
import { IconX } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import type { TraceDetail } from "../api/traceShapes";
import { CopyButton, CopyIcon } from "../design/Copy";
import { IconButton } from "../design/IconButton";
import { Bones, Failure } from "../design/States";
import { useNarrow } from "../design/useNarrow";
import type { CriticalPath } from "./layout/criticalPath";
import type { SpanNode } from "./layout/spanTree";
import { SpanContext } from "./SpanContext";
import { SpanFacts } from "./SpanFacts";
import styles from "./SpanPanel.module.css";
import { SpanTroubles } from "./SpanTroubles";
import { spanQuery } from "./traceQueries";
import type { UsualOf } from "./usual";

interface SpanPanelProps {
  org: string;
  trace: TraceDetail;
  colours: ReadonlyMap<string, string>;
  spanId: string;
  /** Absent when the span has not come. */
  node: SpanNode | undefined;
  path: CriticalPath | undefined;
  /** Absent until it is known. */
  usual: UsualOf | undefined;
  close: () => void;
  go: (node: SpanNode) => void;
}

/** Everything about the chosen span: beside the waterfall, or over it on a phone. */
export function SpanPanel(props: SpanPanelProps) {
  const narrow = useNarrow();
  return narrow ? (
    <Modal
      opened
      onClose={props.close}
      fullScreen
      withCloseButton={false}
      aria-label="Span"
      classNames={{ content: styles.sheet, body: styles.sheetBody, inner: styles.sheetPlace }}
    >
      <PanelBody {...props} />
    </Modal>
  ) : (
    <aside className={styles.panel} aria-label="Span">
      <PanelBody {...props} />
    </aside>
  );
}

function PanelBody({ org, trace, colours, spanId, node, path, usual, close, go }: SpanPanelProps) {
  const detail = useQuery({ ...spanQuery(org, trace.trace_id, spanId), enabled: node !== undefined });
  return (
    <>
      <header className={styles.head}>
        <div className={styles.words}>
          <span className={styles.op} style={{ "--lane": colours.get(node?.lane ?? "") }}>
            {node ? `${node.lane} · ${node.span.op}` : "Span"}
          </span>
          <span className={styles.id}>
            <code>{spanId}</code>
            <CopyIcon text={spanId} what="the span id" />
            <CopyButton text={() => window.location.href} what="Link" />
          </span>
        </div>
        <IconButton aria-label="Close" title="Close  Esc" onClick={close}>
          <IconX size={16} />
        </IconButton>
      </header>
      {node ? (
        <>
          {(node.span.description ?? node.span.transaction) && (
            <p className={styles.description}>{node.span.description ?? node.span.transaction}</p>
          )}
          <SpanTroubles org={org} node={node} />
          <SpanFacts org={org} trace={trace} node={node} path={path} usual={usual} detail={detail.data} go={go} />
          {detail.isPending && <Bones rows={6} height={26} />}
          {detail.isError && (
            <Failure
              what="The rest of this span could not be read"
              error={detail.error}
              retry={() => void detail.refetch()}
            />
          )}
          {detail.data && <SpanContext key={spanId} org={org} detail={detail.data} />}
        </>
      ) : (
        <p className={styles.description}>This span is not in the trace as it stands. It appears here when it comes.</p>
      )}
    </>
  );
}
