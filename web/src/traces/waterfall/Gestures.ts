import type { Row } from "../layout/rows";
import { type TimeWindow, toTime } from "../layout/timeWindow";
import { type Hit, hitTest } from "./hitTest";
import type { ShownTime } from "./ShownTime";
import type { Geometry } from "./scene";

export interface Seen {
  geometry: Geometry;
  rows: readonly Row[];
}

interface GestureHandlers {
  /** What the pointer is over, and where on the canvas; undefined: it has left. */
  over: (hit: Hit | undefined, x: number, y: number) => void;
  click: (hit: Hit) => void;
  doubleClick: (hit: Hit) => void;
}

/** Reads mouse, wheel and fingers: dragging and scrolling sideways move the shown time, two fingers and Ctrl with the wheel zoom it. */
export class Gestures {
  private readonly off = new AbortController();
  private grabbed: { x: number; window: TimeWindow; moved: boolean } | undefined;
  /** Fingers on the canvas, and where they are. */
  private readonly fingers = new Map<number, number>();
  private pinched: { window: TimeWindow; start: readonly [number, number] } | undefined;

  constructor(
    private readonly canvas: HTMLCanvasElement,
    scroller: HTMLElement,
    private readonly time: ShownTime,
    /** What is on the canvas now. */
    private readonly seen: () => Seen | undefined,
    private readonly handlers: GestureHandlers,
  ) {
    const { signal } = this.off;
    scroller.addEventListener("wheel", (event) => this.wheel(event), { signal, passive: false });
    canvas.addEventListener("pointerdown", (event) => this.grab(event), { signal });
    canvas.addEventListener("pointermove", (event) => this.move(event), { signal });
    canvas.addEventListener("pointerup", (event) => this.release(event), { signal });
    canvas.addEventListener("pointercancel", (event) => this.release(event), { signal });
    canvas.addEventListener("pointerleave", () => handlers.over(undefined, 0, 0), { signal });
    canvas.addEventListener("click", (event) => this.click(event), { signal });
    canvas.addEventListener("dblclick", (event) => this.doubleClick(event), { signal });
  }

  destroy(): void {
    this.off.abort();
  }

  private wheel(event: WheelEvent): void {
    const geometry = this.seen()?.geometry;
    if (!geometry) {
      return;
    }
    const sideways = Math.abs(event.deltaX) > Math.abs(event.deltaY) ? event.deltaX : event.shiftKey ? event.deltaY : 0;
    if (event.ctrlKey || event.metaKey) {
      event.preventDefault();
      const x = event.clientX - this.canvas.getBoundingClientRect().left - geometry.barsLeft;
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
      this.canvas.setPointerCapture(event.pointerId);
    }
  }

  private move(event: PointerEvent): void {
    const geometry = this.seen()?.geometry;
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
    this.handlers.over(hit, event.offsetX, event.offsetY);
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
    const left = this.seen()?.geometry.barsLeft ?? 0;
    const [first = 0, second = 0] = [...this.fingers.values()];
    return [first - left, second - left];
  }

  private click(event: MouseEvent): void {
    const dragged = this.grabbed !== undefined;
    this.grabbed = undefined;
    const hit = this.hit(event);
    if (hit && !dragged) {
      this.handlers.click(hit);
    }
  }

  private doubleClick(event: MouseEvent): void {
    const hit = this.hit(event);
    if (hit) {
      this.handlers.doubleClick(hit);
    }
  }

  private hit(event: MouseEvent): Hit | undefined {
    const seen = this.seen();
    return seen && hitTest(seen.geometry, seen.rows, event.offsetX, event.offsetY);
  }
}
