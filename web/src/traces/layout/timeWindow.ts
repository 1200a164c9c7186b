/** The part of the trace that is shown, in milliseconds since its start. */
export interface TimeWindow {
  from: number;
  to: number;
}

const smallest = 0.01;

/** Holds a window inside 0…duration and at least 10 µs wide. */
export function clampWindow({ from, to }: TimeWindow, duration: number): TimeWindow {
  const width = Math.min(duration, Math.max(smallest, to - from));
  const start = Math.max(0, Math.min(duration - width, from));
  return { from: start, to: start + width };
}

/** Zooms by a factor (below 1: nearer) while the moment under the pointer stays where it is. */
export function zoomAt(window: TimeWindow, duration: number, at: number, factor: number): TimeWindow {
  return clampWindow({ from: at - (at - window.from) * factor, to: at + (window.to - at) * factor }, duration);
}

/** What two fingers show that were set down at `start` and are at `now`: each keeps the moment that it took hold of. */
export function pinch(
  window: TimeWindow,
  duration: number,
  width: number,
  start: readonly [number, number],
  now: readonly [number, number],
): TimeWindow {
  const [first, second] = [toTime(window, width, start[0]), toTime(window, width, start[1])];
  const apart = now[1] - now[0];
  // Fingers on one spot hold one moment, which says nothing of how near it is.
  if (Math.abs(apart) < 1 || (second - first) / apart <= 0) {
    return clampWindow(window, duration);
  }
  const perPixel = (second - first) / apart;
  const from = first - now[0] * perPixel;
  return clampWindow({ from, to: from + width * perPixel }, duration);
}

export function panBy(window: TimeWindow, duration: number, milliseconds: number): TimeWindow {
  return clampWindow({ from: window.from + milliseconds, to: window.to + milliseconds }, duration);
}

/** A span with a little air on both sides. */
export function around(from: number, to: number, duration: number): TimeWindow {
  const air = Math.max((to - from) * 0.08, smallest);
  return clampWindow({ from: from - air, to: to + air }, duration);
}

/** A window as the URL has it: from and to in milliseconds, to the microsecond. */
export function windowText(window: TimeWindow): string {
  return `${Number(window.from.toFixed(3))}-${Number(window.to.toFixed(3))}`;
}

/** Undefined: the text is no window. */
export function readWindow(text: string | undefined): TimeWindow | undefined {
  const parts = /^(\d+(?:\.\d+)?)-(\d+(?:\.\d+)?)$/.exec(text ?? "");
  const [from, to] = [Number(parts?.[1]), Number(parts?.[2])];
  return from < to ? { from, to } : undefined;
}

export function isWhole(window: TimeWindow, duration: number): boolean {
  return window.to - window.from >= duration * 0.9999;
}

export function toX(window: TimeWindow, width: number, at: number): number {
  return ((at - window.from) / (window.to - window.from)) * width;
}

export function toTime(window: TimeWindow, width: number, x: number): number {
  return window.from + (x / Math.max(1, width)) * (window.to - window.from);
}

export interface Tick {
  at: number;
  label: string;
}

/** Round moments at least `space` pixels apart, written in one unit. */
export function ticks(window: TimeWindow, width: number, space = 92): Tick[] {
  const step = roundStep(((window.to - window.from) * space) / Math.max(1, width));
  const marks: Tick[] = [];
  for (let count = Math.ceil(window.from / step - 1e-9); count * step <= window.to; count++) {
    marks.push({ at: count * step, label: tickLabel(count * step, window.to, step) });
  }
  return marks;
}

/** The next of 1, 2, 5 × 10ⁿ. */
function roundStep(least: number): number {
  const power = 10 ** Math.floor(Math.log10(least));
  return ([1, 2, 5].find((one) => one * power >= least * 0.999999) ?? 10) * power;
}

function tickLabel(at: number, reach: number, step: number): string {
  const [unit, name] = reach >= 1000 ? [1000, "s"] : reach >= 1 ? [1, "ms"] : [0.001, "µs"];
  const digits = Math.max(0, -Math.floor(Math.log10(step / unit) + 1e-9));
  return `${(at / unit).toFixed(digits)} ${name}`;
}
