import type { TraceError } from "../../api/traceShapes";
import type { Row } from "../layout/rows";
import { type TimeWindow, toTime } from "../layout/timeWindow";
import { type Colours, readColours } from "./colours";
import { type Hit, hitTest } from "./hitTest";
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
 * The waterfall: reads the pointer, keeps the shown time, and paints at most once a frame, only the rows in sight.
 * Free of any framework; it owns what is on the two canvases and nothing else.
 */
export class Waterfall {
  private readonly surface: Surface;
  private readonly head: TimelineHead;
  private readonly observer: ResizeObserver;
  private readonly off = new AbortController();
  private colours: Colours;
  private scene: Scene | undefined;
  private readonly time: ShownTime;
  private pointer: Pointer = { row: -1, x: -1 };
  private grabbed: { x: number; window: TimeWindow; moved: boolean } | undefined;
  /** Fingers on the canvas, and where they are. */
  private readonly fingers = new Map<number, number>();
  private pinched: { window: TimeWindow; start: readonly [number, number] } | undefined;
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
    this.listen();
    void this.loadFont();
  }

  destroy(): void {
    this.off.abort();
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

  private listen(): void {
    const { scroller, canvas } = this.places;
    const { signal } = this.off;
    scroller.addEventListener("scroll", () => this.draw(), { signal, passive: true });
    scroller.addEventListener("wheel", (event) => this.wheel(event), { signal, passive: false });
    canvas.addEventListener("pointerdown", (event) => this.grab(event), { signal });
    canvas.addEventListener("pointermove", (event) => this.move(event), { signal });
    canvas.addEventListener("pointerup", (event) => this.release(event), { signal });
    canvas.addEventListener("pointercancel", (event) => this.release(event), { signal });
    canvas.addEventListener("pointerleave", () => this.leave(), { signal });
    canvas.addEventListener("click", (event) => this.click(event), { signal });
    canvas.addEventListener("dblclick", (event) => this.doubleClick(event), { signal });
  }

  private wheel(event: WheelEvent): void {
    const geometry = this.geometry();
    if (!geometry) {
      return;
    }
    const sideways = Math.abs(event.deltaX) > Math.abs(event.deltaY) ? event.deltaX : event.shiftKey ? event.deltaY : 0;
    if (event.ctrlKey || event.metaKey) {
      event.preventDefault();
      const x = event.clientX - this.places.canvas.getBoundingClientRect().left - geometry.barsLeft;
      const at = toTime(geometry.window, geometry.barsWidth, Math.max(0, x));
      const factor = Math.exp(Math.max(-120, Math.min(120, event.deltaY)) / 250);
      this.time.zoom(factor, at);
    } else if (sideways !== 0 && this.time.isPart) {
      event.preventDefault();
      this.time.pan((sideways / geometry.barsWidth) * (geometry.window.to - geometry.window.from));
    }
  }

  private grab(event: PointerEvent): void {
    if (event.pointerType === "touch") {
      this.fingers.set(event.pointerId, event.offsetX);
      this.pinched = this.fingers.size === 2 ? { window: this.time.window, start: this.twoFingers() } : undefined;
    }
    if (this.pinched) {
      this.grabbed = undefined;
    } else if (this.time.isPart && event.button === 0 && this.hit(event)?.part === "bars") {
      this.grabbed = { x: event.offsetX, window: this.time.window, moved: false };
      this.places.canvas.setPointerCapture(event.pointerId);
    }
  }

  private move(event: PointerEvent): void {
    const geometry = this.geometry();
    const hit = this.hit(event);
    if (!geometry || !hit) {
      return;
    }
    if (this.fingers.has(event.pointerId)) {
      this.fingers.set(event.pointerId, event.offsetX);
    }
    if (this.pinched) {
      const { window, start } = this.pinched;
      this.time.pinch(window, geometry.barsWidth, start, this.twoFingers());
      return;
    }
    if (this.grabbed) {
      const { window, x } = this.grabbed;
      this.grabbed.moved ||= Math.abs(event.offsetX - x) > 3;
      this.time.pan(((x - event.offsetX) / geometry.barsWidth) * (window.to - window.from), window);
      return;
    }
    this.pointer = { row: hit.row, x: event.offsetX };
    this.places.canvas.style.cursor = hit.row < 0 ? "default" : "pointer";
    this.handlers.hover(this.scene?.rows[hit.row], event.offsetX, event.offsetY);
    this.draw();
  }

  private release(event: PointerEvent): void {
    this.fingers.delete(event.pointerId);
    this.pinched = undefined;
    // A mouse that has moved clicks once more when it lets go, which must not select; a finger does not.
    if (!this.grabbed?.moved || event.pointerType === "touch") {
      this.grabbed = undefined;
    }
  }

  /** From the left edge of the bars. */
  private twoFingers(): readonly [number, number] {
    const left = this.geometry()?.barsLeft ?? 0;
    const [first = 0, second = 0] = [...this.fingers.values()];
    return [first - left, second - left];
  }

  private leave(): void {
    this.pointer = { row: -1, x: -1 };
    this.handlers.hover(undefined, 0, 0);
    this.draw();
  }

  private click(event: MouseEvent): void {
    if (this.grabbed) {
      this.grabbed = undefined;
      return;
    }
    const hit = this.hit(event);
    const row = hit && this.scene?.rows[hit.row];
    if (!hit || !row) {
      return;
    }
    if (hit.part === "fold" || row.kind === "fold") {
      this.handlers.toggle(row);
    } else {
      this.handlers.select(row, hit.row);
    }
  }

  private doubleClick(event: MouseEvent): void {
    const hit = this.hit(event);
    const row = hit && this.scene?.rows[hit.row];
    if (row && hit.part !== "fold") {
      const { start, end } = row.kind === "span" ? row.node : row.fold;
      this.zoomTo(start, end);
    } else if (hit && !row) {
      this.showWindow(undefined);
    }
  }

  private hit(event: MouseEvent): Hit | undefined {
    const geometry = this.geometry();
    return geometry && this.scene && hitTest(geometry, this.scene.rows, event.offsetX, event.offsetY);
  }
}
