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

export function panBy(window: TimeWindow, duration: number, milliseconds: number): TimeWindow {
  return clampWindow({ from: window.from + milliseconds, to: window.to + milliseconds }, duration);
}

/** A span with a little air on both sides. */
export function around(from: number, to: number, duration: number): TimeWindow {
  const air = Math.max((to - from) * 0.08, smallest);
  return clampWindow({ from: from - air, to: to + air }, duration);
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
