import { type KeyboardEvent, type PointerEvent, useRef, useState } from "react";
import { exactNumber, shortNumber } from "./format";
import styles from "./HistogramView.module.css";
import { bucketsWithin, type HistogramBucket } from "./histogram";

interface HistogramViewProps {
  label: string;
  buckets: readonly HistogramBucket[];
  format: (value: number) => string;
  /** What is chosen, in the unit of the buckets. */
  chosen: { from: number; to: number } | undefined;
  choose: (range: { from: number; to: number } | undefined) => void;
  /** Colours a bar by what its values mean. */
  tone?: (bucket: HistogramBucket) => "good" | "meh" | "poor" | undefined;
  hint?: string;
}

/** How values are distributed. A stretch is chosen by drawing over it, or with the arrow keys (Shift widens it). */
export function HistogramView({
  label,
  buckets,
  format,
  chosen,
  choose,
  tone,
  hint = "Draw over the bars to list what is inside",
}: HistogramViewProps) {
  const place = useRef<HTMLDivElement>(null);
  const [drawn, setDrawn] = useState<[start: number, end: number]>();
  const most = Math.max(1, ...buckets.map((bucket) => bucket.count));
  const shown = (drawn && bucketsWithin(buckets, ...drawn)) ?? chosen;
  const inside = (bucket: HistogramBucket) => !shown || (bucket.from >= shown.from && bucket.to <= shown.to);
  const within = shown && buckets.filter(inside).reduce((sum, bucket) => sum + bucket.count, 0);

  const shareAt = (event: PointerEvent) => {
    const box = place.current?.getBoundingClientRect();
    return box ? Math.min(1, Math.max(0, (event.clientX - box.left) / box.width)) : 0;
  };
  const finish = () => {
    if (drawn) {
      choose(bucketsWithin(buckets, ...drawn));
      setDrawn(undefined);
    }
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const step = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : 0;
    if (event.key === "Escape") {
      choose(undefined);
    } else if (step !== 0) {
      event.preventDefault();
      const first = chosen ? buckets.findIndex((bucket) => bucket.from >= chosen.from) : step > 0 ? -1 : buckets.length;
      const last = chosen ? buckets.findLastIndex((bucket) => bucket.to <= chosen.to) : first;
      const clamp = (index: number) => Math.min(buckets.length - 1, Math.max(0, index));
      const from = buckets[clamp(event.shiftKey && step > 0 ? first : first + step)];
      const to = buckets[clamp(event.shiftKey && step < 0 ? last : last + step)];
      choose(from && to && { from: from.from, to: to.to });
    }
  };

  return (
    <div className={styles.histogram}>
      <div
        ref={place}
        className={styles.bars}
        role="slider"
        tabIndex={0}
        aria-label={label}
        aria-valuemin={0}
        aria-valuemax={buckets.length}
        aria-valuenow={shown ? buckets.findIndex((bucket) => bucket.from >= shown.from) : 0}
        aria-valuetext={shown ? `${format(shown.from)} to ${format(shown.to)}` : "all"}
        onKeyDown={onKeyDown}
        onPointerDown={(event) => {
          event.currentTarget.setPointerCapture(event.pointerId);
          const at = shareAt(event);
          setDrawn([at, at]);
        }}
        onPointerMove={(event) => drawn && setDrawn([drawn[0], shareAt(event)])}
        onPointerUp={finish}
        onPointerCancel={() => setDrawn(undefined)}
      >
        {buckets.map((bucket) => (
          <span
            key={bucket.from}
            className={styles.bar}
            data-inside={inside(bucket)}
            data-tone={tone?.(bucket)}
            title={`${format(bucket.from)} to ${format(bucket.to)}: ${exactNumber(bucket.count)}`}
            style={{ "--tall": `${(bucket.count / most) * 100}%` }}
          />
        ))}
      </div>
      <div className={styles.axis} aria-hidden="true">
        {ticksOf(buckets).map(({ at, value }) => (
          <span key={value} style={{ "--at": `${at * 100}%` }}>
            {format(value)}
          </span>
        ))}
      </div>
      <output className={styles.chosen}>
        {shown && within !== undefined
          ? `${format(shown.from)} to ${format(shown.to)}, ${shortNumber(within)} of them`
          : hint}
      </output>
    </div>
  );
}

/** Where each sixth of the bars begins. */
function ticksOf(buckets: readonly HistogramBucket[]): { at: number; value: number }[] {
  const every = Math.max(1, Math.ceil(buckets.length / 6));
  return buckets.flatMap((bucket, index) =>
    index % every === 0 ? [{ at: index / buckets.length, value: bucket.from }] : [],
  );
}
