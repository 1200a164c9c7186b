import type { TraceError } from "../../api/traceShapes";
import { duration } from "../../design/format";
import { placeMarks } from "../layout/axisMarks";
import type { SpanTree } from "../layout/spanTree";
import { isWhole, type TimeWindow, ticks, toTime, toX } from "../layout/timeWindow";
import type { Colours } from "./colours";
import { drawMap, mapHeight } from "./drawMap";
import { Surface } from "./Surface";
import type { Scene } from "./scene";
import { errorSign, ratingSign } from "./signs";
import { widthOf } from "./words";

const markHeight = 18;
export const headHeight = mapHeight + markHeight + 20;
const edge = 12;
const grip = 6;

interface HeadHandlers {
  /** A part of the trace was brushed; undefined: the whole of it. */
  window: (window: TimeWindow | undefined) => void;
  error: (error: TraceError) => void;
}

type Drag = { kind: "new" | "from" | "to" | "move"; at: number; window: TimeWindow };

/** The whole trace in small with a brush over it, below it the marks of errors and vitals and the time axis. */
export class TimelineHead {
  private readonly surface: Surface;
  private readonly map: HTMLCanvasElement = document.createElement("canvas");
  private mapOf: SpanTree | undefined;
  private mapKey = "";
  private scene: Scene | undefined;
  private window: TimeWindow = { from: 0, to: 1 };
  private width = 100;
  private drag: Drag | undefined;
  private readonly off = new AbortController();

  constructor(
    private readonly canvas: HTMLCanvasElement,
    private readonly handlers: HeadHandlers,
  ) {
    this.surface = new Surface(canvas);
    const { signal } = this.off;
    canvas.addEventListener("pointerdown", (event) => this.begin(event), { signal });
    canvas.addEventListener("pointermove", (event) => this.move(event), { signal });
    canvas.addEventListener("pointerup", (event) => this.end(event), { signal });
    canvas.addEventListener("pointercancel", () => this.stop(), { signal });
    canvas.addEventListener("dblclick", () => handlers.window(undefined), { signal });
  }

  destroy(): void {
    this.off.abort();
  }

  /** `width` is that of the bars below, so that both share one axis. */
  paint(scene: Scene, colours: Colours, window: TimeWindow, width: number): void {
    this.scene = scene;
    this.window = window;
    this.width = width;
    const context = this.surface.begin(width + 2 * edge, headHeight);
    context.translate(edge, 0);
    this.paintMap(context, scene, colours);
    this.paintBrush(context, scene, colours);
    this.paintMarks(context, scene, colours);
    this.paintAxis(context, colours);
  }

  private paintMap(context: CanvasRenderingContext2D, scene: Scene, colours: Colours): void {
    const ratio = window.devicePixelRatio || 1;
    const key = `${this.width} ${ratio} ${colours.page} ${[...scene.lanes.values()].join()}`;
    if (this.mapOf !== scene.tree || this.mapKey !== key) {
      this.mapOf = scene.tree;
      this.mapKey = key;
      drawMap(this.map, scene, colours, this.width, ratio);
    }
    context.fillStyle = colours.sunken;
    context.fillRect(-edge, 0, this.width + 2 * edge, mapHeight);
    context.drawImage(this.map, 0, 0, this.width, mapHeight);
  }

  private paintBrush(context: CanvasRenderingContext2D, scene: Scene, colours: Colours): void {
    const { duration } = scene.tree;
    if (isWhole(this.window, duration)) {
      return;
    }
    const from = (this.window.from / duration) * this.width;
    const to = Math.max(from + 2, (this.window.to / duration) * this.width);
    context.fillStyle = colours.page;
    context.globalAlpha = 0.72;
    context.fillRect(-edge, 0, from + edge, mapHeight);
    context.fillRect(to, 0, this.width - to + edge, mapHeight);
    context.globalAlpha = 1;
    context.strokeStyle = colours.accent;
    context.lineWidth = 1;
    context.strokeRect(from - 0.5, 0.5, to - from + 1, mapHeight - 1);
    context.fillStyle = colours.accent;
    for (const x of [from, to]) {
      context.fillRect(x - 2, mapHeight / 2 - 7, 4, 14);
    }
  }

  private paintMarks(context: CanvasRenderingContext2D, scene: Scene, colours: Colours): void {
    const middle = mapHeight + markHeight / 2 + 1;
    context.font = `500 11px ${colours.font}`;
    context.textBaseline = "middle";
    const at = (moment: number) => toX(this.window, this.width, moment);
    const moments = scene.vitals
      .map((vital) => ({ vital, x: at(vital.at ?? Number.NaN), words: `${vital.name} ${duration(vital.value)}` }))
      .filter(({ x }) => x >= -4 && x <= this.width + 4)
      .sort((a, b) => a.x - b.x);
    const errors = errorsOf(scene.tree)
      .map((error) => at((error.timestamp - scene.tree.start) * 1000))
      .filter((x) => x >= -6 && x <= this.width + 6);
    const marks = moments.map(({ x, words }) => ({ x, width: widthOf(context, words) }));
    for (const [index, { sign, text }] of placeMarks(marks, errors, -edge, this.width + edge).entries()) {
      const moment = moments[index];
      if (moment) {
        ratingSign(context, colours, moment.vital.rating, sign, middle);
        if (text !== undefined) {
          context.fillStyle = colours.ink2;
          context.fillText(moment.words, text, middle + 0.5);
        }
      }
    }
    for (const x of errors) {
      errorSign(context, colours, x, middle);
    }
  }

  private paintAxis(context: CanvasRenderingContext2D, colours: Colours): void {
    const top = mapHeight + markHeight;
    context.font = `400 11px ${colours.font}`;
    for (const tick of ticks(this.window, this.width)) {
      const x = Math.round(toX(this.window, this.width, tick.at));
      context.fillStyle = colours.lineStrong;
      context.fillRect(x, top + 12, 1, 8);
      const width = widthOf(context, tick.label);
      context.fillStyle = colours.ink3;
      context.fillText(tick.label, x + 4 + width > this.width + edge ? x - 4 - width : x + 4, top + 10);
    }
  }

  private begin(event: PointerEvent): void {
    const { scene } = this;
    if (!scene || event.button !== 0) {
      return;
    }
    const x = event.offsetX - edge;
    const error = event.offsetY > mapHeight ? this.errorAt(x) : undefined;
    if (error) {
      this.handlers.error(error);
      return;
    }
    this.canvas.setPointerCapture(event.pointerId);
    this.drag = { kind: this.gripAt(x, event.offsetY), at: this.timeAt(x, event.offsetY), window: this.window };
  }

  private move(event: PointerEvent): void {
    const x = event.offsetX - edge;
    if (!this.drag) {
      const kind = event.offsetY > mapHeight && this.errorAt(x) ? "pointer" : cursors[this.gripAt(x, event.offsetY)];
      this.canvas.style.cursor = kind;
      this.canvas.title = (event.offsetY > mapHeight && this.errorAt(x)?.title) || "";
      return;
    }
    const at = this.timeAt(x, this.drag.kind === "new" ? event.offsetY : 0);
    const { kind, window } = this.drag;
    const by = at - this.drag.at;
    const next =
      kind === "move"
        ? { from: window.from + by, to: window.to + by }
        : kind === "from"
          ? { from: Math.min(at, window.to), to: window.to }
          : kind === "to"
            ? { from: window.from, to: Math.max(at, window.from) }
            : { from: Math.min(at, this.drag.at), to: Math.max(at, this.drag.at) };
    if (kind !== "new" || Math.abs(by) > (this.scene?.tree.duration ?? 0) / 250) {
      this.handlers.window(next);
    }
  }

  private end(event: PointerEvent): void {
    this.canvas.releasePointerCapture(event.pointerId);
    this.stop();
  }

  private stop(): void {
    this.drag = undefined;
  }

  /** In the small picture the whole trace lies under the pointer, on the axis only the window. */
  private timeAt(x: number, y: number): number {
    const whole = { from: 0, to: this.scene?.tree.duration ?? 1 };
    return toTime(y <= mapHeight ? whole : this.window, this.width, x);
  }

  private gripAt(x: number, y: number): Drag["kind"] {
    const duration = this.scene?.tree.duration ?? 1;
    if (y > mapHeight || isWhole(this.window, duration)) {
      return "new";
    }
    const from = (this.window.from / duration) * this.width;
    const to = (this.window.to / duration) * this.width;
    if (Math.abs(x - from) <= grip) {
      return "from";
    }
    if (Math.abs(x - to) <= grip) {
      return "to";
    }
    return x > from && x < to ? "move" : "new";
  }

  private errorAt(x: number): TraceError | undefined {
    const { scene } = this;
    return (
      scene &&
      errorsOf(scene.tree).find(
        (error) => Math.abs(toX(this.window, this.width, (error.timestamp - scene.tree.start) * 1000) - x) <= 7,
      )
    );
  }
}

const cursors: Record<Drag["kind"], string> = { new: "crosshair", from: "ew-resize", to: "ew-resize", move: "grab" };

const errorLists = new WeakMap<SpanTree, TraceError[]>();

function errorsOf(tree: SpanTree): TraceError[] {
  let all = errorLists.get(tree);
  if (!all) {
    all = [...tree.looseErrors, ...tree.all.flatMap((node) => node.errors)];
    errorLists.set(tree, all);
  }
  return all;
}
