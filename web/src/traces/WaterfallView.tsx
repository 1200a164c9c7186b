import {
  type PointerEvent,
  type ReactNode,
  type Ref,
  useEffect,
  useImperativeHandle,
  useLayoutEffect,
  useRef,
} from "react";
import type { TraceError } from "../api/traceShapes";
import { useScheme } from "../design/scheme";
import type { Row } from "./layout/rows";
import { type HintHandle, RowHint } from "./RowHint";
import { useKeptZoom } from "./useKeptZoom";
import styles from "./WaterfallView.module.css";
import { plainRow, type Scene, stackedRow } from "./waterfall/scene";
import { Waterfall } from "./waterfall/Waterfall";

interface WaterfallViewProps {
  ref: Ref<Waterfall | null>;
  scene: Scene;
  /** Stands above the tree, left of the small picture of the trace. */
  legend: ReactNode;
  /** What the row of the keyboard says, for those who do not see it. */
  spoken: string;
  resize: (width: number) => void;
  select: (row: Row) => void;
  toggle: (row: Row) => void;
  showError: (error: TraceError) => void;
  /** The shown time, as the address has it. */
  zoom: string | undefined;
  keepZoom: (zoom: string | undefined) => void;
}

/** The canvases of the waterfall and what React has to do with them: their place, their size and their words. */
export function WaterfallView({ ref, scene, legend, spoken, resize, zoom, keepZoom, ...handlers }: WaterfallViewProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const head = useRef<HTMLCanvasElement>(null);
  const hint = useRef<HintHandle>(null);
  const waterfall = useRef<Waterfall | null>(null);
  const current = useRef(handlers);
  const zoomed = useKeptZoom(waterfall, zoom, keepZoom);
  const scheme = useScheme();

  useEffect(() => {
    current.current = handlers;
  });

  useLayoutEffect(() => {
    if (!scroller.current || !canvas.current || !head.current) {
      return undefined;
    }
    const made = new Waterfall(
      { scroller: scroller.current, canvas: canvas.current, head: head.current },
      {
        select: (row) => current.current.select(row),
        toggle: (row) => current.current.toggle(row),
        error: (error) => current.current.showError(error),
        zoomed,
        hover: (row, x, y) => hint.current?.show(row, x, y),
      },
    );
    waterfall.current = made;
    return () => {
      waterfall.current = null;
      made.destroy();
    };
  }, [zoomed]);

  useEffect(() => {
    waterfall.current?.show(scene);
    hint.current?.show(undefined, 0, 0);
  }, [scene]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the colours are read from the page, so a new theme paints anew.
  useEffect(() => waterfall.current?.retheme(), [scheme]);
  useImperativeHandle(ref, () => waterfall.current as Waterfall, []);

  const rowHeight = scene.stacked ? stackedRow : plainRow;
  return (
    <div className={styles.waterfall} data-stacked={scene.stacked} style={{ "--tree": `${scene.treeWidth}px` }}>
      <div className={styles.legend}>{legend}</div>
      <canvas ref={head} className={styles.head} />
      <div
        ref={scroller}
        className={styles.scroller}
        role="application"
        aria-label="Waterfall. The arrow keys move; the table view has the same rows as a table."
        // biome-ignore lint/a11y/noNoninteractiveTabindex: the keyboard scrolls it, and moves its rows.
        tabIndex={0}
      >
        <div className={styles.long} style={{ height: scene.rows.length * rowHeight + 24 }}>
          <canvas ref={canvas} className={styles.canvas} />
        </div>
      </div>
      <RowHint ref={hint} gaps={scene.tree.complete} usual={scene.usual} />
      {!scene.stacked && <Divider width={scene.treeWidth} resize={resize} />}
      <output className="unseen">{spoken}</output>
    </div>
  );
}

const step = 24;

function Divider({ width, resize }: { width: number; resize: (width: number) => void }) {
  const drag = (event: PointerEvent<HTMLDivElement>) => {
    if (event.buttons === 1) {
      const left = event.currentTarget.parentElement?.getBoundingClientRect().left ?? 0;
      resize(event.clientX - left);
    }
  };
  return (
    <div
      className={styles.divider}
      role="separator"
      aria-orientation="vertical"
      aria-label="Width of the tree"
      aria-valuenow={width}
      tabIndex={0}
      onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
      onPointerMove={drag}
      onKeyDown={(event) => {
        if (event.key === "ArrowLeft" || event.key === "ArrowRight") {
          event.preventDefault();
          event.stopPropagation();
          resize(width + (event.key === "ArrowLeft" ? -step : step));
        }
      }}
    />
  );
}
