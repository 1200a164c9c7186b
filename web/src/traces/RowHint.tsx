import { type Ref, useImperativeHandle, useRef } from "react";
import { duration } from "../design/format";
import type { Row } from "./layout/rows";
import { gapsOf } from "./layout/stretches";
import styles from "./RowHint.module.css";
import type { UsualOf } from "./usual";

export interface HintHandle {
  show: (row: Row | undefined, x: number, y: number) => void;
}

const delay = 350;

interface RowHintProps {
  ref: Ref<HintHandle>;
  gaps: boolean;
  usual: UsualOf | undefined;
}

/** What a row says in full, beside the pointer. Written past React and moved by a transform, so that hovering costs no layout of the page. */
export function RowHint({ ref, gaps, usual }: RowHintProps) {
  const place = useRef<HTMLDivElement>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const shown = useRef<Row>(undefined);

  useImperativeHandle(ref, () => ({
    show: (row, x, y) => {
      const hint = place.current;
      if (!hint || shown.current === row) {
        return;
      }
      shown.current = row;
      hint.dataset.shown = "false";
      clearTimeout(timer.current);
      if (row) {
        timer.current = setTimeout(() => {
          hint.textContent = linesOf(row, gaps, usual).join("\n");
          const room = hint.parentElement?.getBoundingClientRect();
          const left = Math.max(4, Math.min(x + 14, (room?.width ?? 0) - 380));
          const top = (hint.parentElement?.querySelector("canvas")?.clientHeight ?? 0) + y;
          const above = top + 110 > (room?.height ?? 0);
          hint.style.transform = `translate(${left}px, ${above ? `calc(${top - 14}px - 100%)` : `${top + 26}px`})`;
          hint.dataset.shown = "true";
        }, delay);
      }
    },
  }));

  return <div ref={place} className={styles.hint} data-shown="false" aria-hidden="true" />;
}

function linesOf(row: Row, withGaps: boolean, usualOf: UsualOf | undefined): string[] {
  if (row.kind === "fold") {
    const { fold } = row;
    const first = fold.members[0];
    return [
      `${first?.span.op ?? ""} × ${fold.members.length}`,
      fold.words,
      `${duration(fold.total)} in all, ${duration(fold.end - fold.start)} from first to last`,
    ];
  }
  const { span } = row.node;
  const gaps = withGaps ? gapsOf(row.node) : [];
  const lines = [
    `${row.node.lane} · ${span.op}${span.status === "ok" || span.status === "unknown" ? "" : ` · ${span.status}`}`,
    span.description ?? "",
    `${duration(span.duration)}, of it ${duration(span.self_time)} its own`,
  ];
  const usual = usualOf?.(span);
  if (usual) {
    lines.push(`usually ${duration(usual.p50)}, p95 ${duration(usual.p95)}`);
  }
  if (gaps.length > 0) {
    lines.push(`${duration(gaps.reduce((sum, gap) => sum + gap.to - gap.from, 0))} un-instrumented`);
  }
  if (row.node.orphan) {
    lines.push("its parent has not come");
  }
  lines.push(...row.node.errors.slice(0, 3).map((error) => `${error.level}: ${error.title}`));
  return lines.filter(Boolean);
}
