import type uPlot from "uplot";
import { expect, it, vi } from "vitest";
import { drawMarks, labelSides, shortVersion } from "./chartMarks";

const sides = (...xs: number[]) =>
  labelSides(
    xs.map((x) => ({ x, width: 40 })),
    400,
    8,
  );

it("writes a name right of its flag where there is room", () => {
  expect(sides(10, 100, 300)).toEqual(["right", "right", "right"]);
});

it("lets no name run over the end or into the next flag", () => {
  expect(sides(100, 380)).toEqual(["right", "left"]);
  expect(sides(100, 130)).toEqual(["left", "right"]);
  expect(sides(10, 100, 130, 160)).toEqual(["right", "left", undefined, "right"]);
});

it("names marks at one place once", () => {
  expect(sides(100, 101)).toEqual(["right", undefined]);
});

it("shortens versions to what tells them apart", () => {
  expect(["shop@5.2.0+84", "4f9ae01c2b7d4f9ae01c"].map(shortVersion)).toEqual(["5.2.0", "4f9ae01"]);
});

it("draws a release of a moment ago, which rounds to beyond the last pixel", () => {
  vi.stubGlobal("devicePixelRatio", 1);
  const drawn: number[] = [];
  const ctx = new Proxy(
    { moveTo: (x: number) => drawn.push(x), measureText: () => ({ width: 30 }) } as Record<string, unknown>,
    { get: (known, name) => known[String(name)] ?? (() => undefined), set: () => true },
  );
  const plot = { ctx, bbox: { left: 20, top: 0, width: 400, height: 100 }, valToPos: (at: number) => at };
  const mark = (at: number) => ({ at, label: "2.0.0", kind: "release" as const });

  drawMarks(plot as unknown as uPlot, [mark(10), mark(419.9), mark(430)], { line: "", worse: "", font: "" });

  expect([...new Set(drawn)]).toEqual([420]);
  vi.unstubAllGlobals();
});

it("gives a release that made something worse a colour and a sign", () => {
  vi.stubGlobal("devicePixelRatio", 1);
  const colours: unknown[] = [];
  const names: string[] = [];
  const ctx = new Proxy(
    { measureText: () => ({ width: 30 }), fillText: (text: string) => names.push(text) } as Record<string, unknown>,
    {
      get: (known, name) => known[String(name)] ?? (() => undefined),
      set: (_known, name, value) => {
        if (name === "fillStyle") {
          colours.push(value);
        }
        return true;
      },
    },
  );
  const plot = { ctx, bbox: { left: 0, top: 0, width: 400, height: 100 }, valToPos: (at: number) => at };
  const mark = (at: number, label: string) => ({ at, label, kind: "release" as const });
  const look = { line: "grey", worse: "red", font: "" };

  drawMarks(plot as unknown as uPlot, [mark(10, "1.0"), { ...mark(200, "1.1"), worse: "LCP" }], look);

  expect(colours).toEqual(["grey", "red"]);
  expect(names).toEqual(["1.0", "▲ 1.1"]);
  vi.unstubAllGlobals();
});
