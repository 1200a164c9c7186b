import { expect, it } from "vitest";
import type { TimeWindow } from "../layout/timeWindow";
import { ShownTime } from "./ShownTime";

function shown(duration: number) {
  const told: (TimeWindow | undefined)[] = [];
  const trace = { duration };
  return {
    trace,
    told,
    time: new ShownTime(
      () => trace.duration,
      (window) => told.push(window),
    ),
  };
}

it("shows all of a trace that grows, until a part is chosen", () => {
  const { trace, time } = shown(100);
  trace.duration = 200;
  expect(time.window).toEqual({ from: 0, to: 200 });
  time.show({ from: 50, to: 100 });
  trace.duration = 400;
  expect(time.window).toEqual({ from: 50, to: 100 });
  expect(time.isPart).toBe(true);
});

it("tells what is chosen, and that it is all again", () => {
  const { told, time } = shown(100);
  time.zoom(0.5);
  expect(told.at(-1)).toEqual({ from: 25, to: 75 });
  time.pan(50);
  expect(told.at(-1)).toEqual({ from: 50, to: 100 });
  time.zoom(2);
  expect(told.at(-1)).toBeUndefined();
  expect(time.isPart).toBe(false);
});

it("zooms around a moment and pans from where one took hold", () => {
  const { time } = shown(100);
  time.zoom(0.5, 0);
  expect(time.window).toEqual({ from: 0, to: 50 });
  const held = time.window;
  time.pan(10, held);
  time.pan(20, held);
  expect(time.window).toEqual({ from: 20, to: 70 });
});
