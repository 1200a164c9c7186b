import { around, clampWindow, isWhole, panBy, pinch, type TimeWindow, zoomAt } from "../layout/timeWindow";

/** Which part of a trace is shown: all of it, also when it grows, until a part is chosen. */
export class ShownTime {
  private chosen: TimeWindow | undefined;

  constructor(
    /** How long the trace is, in milliseconds. */
    private readonly duration: () => number,
    /** Told what is shown now; undefined: all of it. */
    private readonly changed: (window: TimeWindow | undefined) => void,
  ) {}

  /** Whether a part is chosen, which can be moved. */
  get isPart(): boolean {
    return this.chosen !== undefined;
  }

  get window(): TimeWindow {
    return this.chosen ? clampWindow(this.chosen, this.duration()) : { from: 0, to: this.duration() };
  }

  /** Undefined: all of it. */
  show(window: TimeWindow | undefined): void {
    const next = window && clampWindow(window, this.duration());
    this.chosen = next && !isWhole(next, this.duration()) ? next : undefined;
    this.changed(this.chosen);
  }

  /** A factor below 1 goes nearer, around this moment or the middle. */
  zoom(factor: number, at = (this.window.from + this.window.to) / 2): void {
    this.show(zoomAt(this.window, this.duration(), at, factor));
  }

  /** By milliseconds from where it is, or from the given window. */
  pan(milliseconds: number, from = this.window): void {
    this.show(panBy(from, this.duration(), milliseconds));
  }

  /** A stretch with a little air on both sides. */
  around(from: number, to: number): void {
    this.show(around(from, to, this.duration()));
  }

  /** As two fingers move over bars of a width, which took hold of the given window. */
  pinch(held: TimeWindow, width: number, start: readonly [number, number], now: readonly [number, number]): void {
    this.show(pinch(held, this.duration(), width, start, now));
  }
}
