import type { TraceError } from "../../api/traceShapes";
import type { Row } from "../layout/rows";
import type { TimeWindow } from "../layout/timeWindow";
import { type Colours, readColours } from "./colours";
import { Gestures, type Seen } from "./Gestures";
import type { Hit } from "./hitTest";
import { type Pointer, paintRows } from "./paintRows";
import { ShownTime } from "./ShownTime";
import { Surface } from "./Surface";
import { type Geometry, layOut, type Scene } from "./scene";
import { TimelineHead } from "./TimelineHead";
import { forgetWidths } from "./words";

export interface WaterfallPlaces {
  /** Scrolls; the canvas sticks to its top. */
  scroller: HTMLElement;
  canvas: HTMLCanvasElement;
  head: HTMLCanvasElement;
}

export interface WaterfallHandlers {
  select: (row: Row, index: number) => void;
  toggle: (row: Row) => void;
  error: (error: TraceError) => void;
  /** The row under the pointer and where; undefined when there is none. */
  hover: (row: Row | undefined, x: number, y: number) => void;
  /** What is shown now; undefined: the whole trace. */
  zoomed: (window: TimeWindow | undefined) => void;
}

/**
 * The waterfall: keeps the shown time, answers the pointer, and paints at most once a frame, only the rows in sight.
 * Free of any framework; it owns what is on the two canvases and nothing else.
 */
export class Waterfall {
  private readonly surface: Surface;
  private readonly head: TimelineHead;
  private readonly observer: ResizeObserver;
  private readonly gestures: Gestures;
  private readonly off = new AbortController();
  private colours: Colours;
  private scene: Scene | undefined;
  private readonly time: ShownTime;
  private pointer: Pointer = { row: -1, x: -1 };
  private frame = 0;

  constructor(
    private readonly places: WaterfallPlaces,
    private readonly handlers: WaterfallHandlers,
  ) {
    this.surface = new Surface(places.canvas);
    this.colours = readColours(places.scroller);
    this.time = new ShownTime(
      () => this.scene?.tree.duration ?? Number.POSITIVE_INFINITY,
      (window) => {
        handlers.zoomed(window);
        this.draw();
      },
    );
    this.head = new TimelineHead(places.head, { window: (window) => this.time.show(window), error: handlers.error });
    this.observer = new ResizeObserver(() => this.draw());
    this.observer.observe(places.scroller);
    this.gestures = new Gestures(places.canvas, places.scroller, this.time, () => this.seen(), {
      over: (hit, x, y) => this.over(hit, x, y),
      click: (hit) => this.click(hit),
      doubleClick: (hit) => this.doubleClick(hit),
    });
    places.scroller.addEventListener("scroll", () => this.draw(), { signal: this.off.signal, passive: true });
    void this.loadFont();
  }

  destroy(): void {
    this.off.abort();
    this.gestures.destroy();
    this.observer.disconnect();
    this.head.destroy();
    cancelAnimationFrame(this.frame);
  }

  show(scene: Scene): void {
    this.scene = scene;
    this.draw();
  }

  retheme(): void {
    this.colours = readColours(this.places.scroller);
    this.draw();
  }

  /** Below 1 goes nearer; around the middle of what is shown. */
  zoom(factor: number): void {
    this.time.zoom(factor);
  }

  /** By a share of what is shown. */
  pan(share: number): void {
    const { from, to } = this.time.window;
    this.time.pan((to - from) * share);
  }

  zoomTo(from: number, to: number): void {
    this.time.around(from, to);
  }

  /** Undefined: all of it. */
  showWindow(window: TimeWindow | undefined): void {
    this.time.show(window);
  }

  /** Scrolls as little as is needed to have a row in sight. */
  reveal(index: number): void {
    const geometry = this.geometry();
    if (!geometry || index < 0) {
      return;
    }
    const top = index * geometry.rowHeight;
    const { scroller } = this.places;
    if (top < scroller.scrollTop) {
      scroller.scrollTop = top - geometry.rowHeight;
    } else if (top + geometry.rowHeight > scroller.scrollTop + scroller.clientHeight) {
      scroller.scrollTop = top + 2 * geometry.rowHeight - scroller.clientHeight;
    }
    this.draw();
  }

  draw(): void {
    if (this.frame === 0) {
      this.frame = requestAnimationFrame(() => {
        this.frame = 0;
        this.paint();
      });
    }
  }

  /** A canvas does not ask for a font by itself, nor is it painted again when one comes. */
  private async loadFont(): Promise<void> {
    await Promise.all([400, 500, 600].map((weight) => document.fonts.load(`${weight} 13px ${this.colours.font}`)));
    forgetWidths();
    if (!this.off.signal.aborted) {
      this.draw();
    }
  }

  private paint(): void {
    const geometry = this.geometry();
    if (!this.scene || !geometry || geometry.width === 0) {
      return;
    }
    const context = this.surface.begin(geometry.width, geometry.height);
    paintRows(context, this.colours, this.scene, geometry, this.pointer);
    this.head.paint(this.scene, this.colours, geometry.window, geometry.barsWidth);
  }

  private geometry(): Geometry | undefined {
    const { scroller } = this.places;
    const place = { width: scroller.clientWidth, height: scroller.clientHeight, scrollTop: scroller.scrollTop };
    return this.scene && layOut(this.scene, place, this.time.window);
  }

  private seen(): Seen | undefined {
    const geometry = this.geometry();
    return this.scene && geometry && { geometry, rows: this.scene.rows };
  }

  private over(hit: Hit | undefined, x: number, y: number): void {
    this.pointer = hit ? { row: hit.row, x } : { row: -1, x: -1 };
    if (hit) {
      this.places.canvas.style.cursor = hit.row < 0 ? "default" : "pointer";
    }
    this.handlers.hover(hit && this.scene?.rows[hit.row], x, y);
    this.draw();
  }

  private click(hit: Hit): void {
    const row = this.scene?.rows[hit.row];
    if (row && (hit.part === "fold" || row.kind === "fold")) {
      this.handlers.toggle(row);
    } else if (row) {
      this.handlers.select(row, hit.row);
    }
  }

  private doubleClick(hit: Hit): void {
    const row = this.scene?.rows[hit.row];
    if (!row) {
      this.showWindow(undefined);
    } else if (hit.part !== "fold") {
      const { start, end } = row.kind === "span" ? row.node : row.fold;
      this.zoomTo(start, end);
    }
  }
}
