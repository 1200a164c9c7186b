import { describe, expect, it } from "vitest";
import {
  around,
  clampWindow,
  isWhole,
  panBy,
  pinch,
  readWindow,
  ticks,
  toTime,
  toX,
  windowText,
  zoomAt,
} from "./timeWindow";

describe("the shown time", () => {
  it("zooms around the moment under the pointer", () => {
    const near = zoomAt({ from: 0, to: 1000 }, 1000, 250, 0.5);
    expect(near).toEqual({ from: 125, to: 625 });
    expect(toX(near, 800, 250)).toBeCloseTo(toX({ from: 0, to: 1000 }, 800, 250));
  });

  it("never leaves the trace, however far one zooms out or moves", () => {
    expect(zoomAt({ from: 100, to: 200 }, 1000, 150, 1e6)).toEqual({ from: 0, to: 1000 });
    expect(panBy({ from: 800, to: 900 }, 1000, 500)).toEqual({ from: 900, to: 1000 });
    expect(panBy({ from: 100, to: 300 }, 1000, -500)).toEqual({ from: 0, to: 200 });
    expect(isWhole(clampWindow({ from: -5, to: 2000 }, 1000), 1000)).toBe(true);
  });

  it("stops at ten microseconds", () => {
    const { from, to } = zoomAt({ from: 0, to: 1 }, 1000, 0.5, 1e-9);
    expect(to - from).toBeCloseTo(0.01);
  });

  it("leaves air around a span it zooms to", () => {
    expect(around(100, 200, 1000)).toEqual({ from: 92, to: 208 });
  });

  it("keeps the moments under two fingers where the fingers go", () => {
    const window = { from: 0, to: 1000 };
    const near = pinch(window, 1000, 500, [200, 300], [100, 400]);
    expect(toX(near, 500, toTime(window, 500, 200))).toBeCloseTo(100);
    expect(toX(near, 500, toTime(window, 500, 300))).toBeCloseTo(400);
    const moved = pinch(near, 1000, 500, [100, 400], [150, 450]);
    expect(moved.to - moved.from).toBeCloseTo(near.to - near.from);
    expect(moved.from).toBeLessThan(near.from);
  });

  it("is not turned around by fingers that cross, nor torn by fingers on one spot", () => {
    const window = { from: 100, to: 300 };
    expect(pinch(window, 1000, 500, [200, 300], [300, 200])).toEqual(window);
    expect(pinch(window, 1000, 500, [200, 300], [250, 250.2])).toEqual(window);
    expect(pinch(window, 1000, 500, [250, 250], [100, 400])).toEqual(window);
  });

  it("comes out of the address as it went in, to the microsecond", () => {
    expect(readWindow(windowText({ from: 12.3456789, to: 78 }))).toEqual({ from: 12.346, to: 78 });
    for (const wrong of [undefined, "", "5", "7-3", "-1-5", "1-", "a-b", "1-2-3"]) {
      expect(readWindow(wrong)).toBeUndefined();
    }
  });

  it("finds its way from pixels to time and back", () => {
    const window = { from: 20, to: 70 };
    expect(toTime(window, 500, toX(window, 500, 42))).toBeCloseTo(42);
  });
});

describe("the ticks of the axis", () => {
  const labels = (from: number, to: number, width = 900) => ticks({ from, to }, width).map((tick) => tick.label);

  it("are round and in one unit", () => {
    expect(labels(0, 3200)).toEqual(["0.0 s", "0.5 s", "1.0 s", "1.5 s", "2.0 s", "2.5 s", "3.0 s"]);
    expect(labels(0, 100)).toEqual(["0 ms", "20 ms", "40 ms", "60 ms", "80 ms", "100 ms"]);
    expect(labels(0, 0.5)).toEqual(["0 µs", "100 µs", "200 µs", "300 µs", "400 µs", "500 µs"]);
  });

  it("differ from each other however near one looks", () => {
    for (const width of [0.02, 0.3, 7, 90, 2500, 60_000]) {
      const near = labels(1234.5, 1234.5 + width);
      expect(new Set(near).size).toBe(near.length);
      expect(near.length).toBeGreaterThan(1);
    }
  });

  it("stand at least their space apart", () => {
    const marks = ticks({ from: 0, to: 777 }, 600, 92);
    for (const [index, mark] of marks.entries()) {
      const next = marks[index + 1];
      if (next) {
        expect(toX({ from: 0, to: 777 }, 600, next.at - mark.at)).toBeGreaterThanOrEqual(91.9);
      }
    }
  });
});
