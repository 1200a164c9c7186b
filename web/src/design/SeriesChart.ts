import uPlot from "uplot";
import "uplot/dist/uPlot.min.css";
import { drawMarks, markNear } from "./chartMarks";
import { moment } from "./format";
import { roundSplits, timeTick } from "./ticks";
import { align, alone, markText, stack, stepOf, type TimeMark, type TimeSeries, type TimeTable } from "./timeSeries";

export type ChartShape = "line" | "area" | "bar" | "stack";

/** How far the scale goes beyond what is drawn, so that the flags of releases stand above it. */
const headroom = 1.16;

export interface SeriesChartOptions {
  series: readonly TimeSeries[];
  shape: ChartShape;
  format: (value: number) => string;
  /** The highest value of the scale, where there is one, such as 1 for shares. */
  ceiling?: number;
  /** Lines across the chart, such as the limits of good and poor. */
  limits?: readonly { at: number; colour: string }[];
  marks: readonly TimeMark[];
  /** A stretch was brushed, in Unix seconds. */
  zoom: (from: number, to: number) => void;
  /** A stretch was clicked: its beginning and end, and the series that is nearest. */
  pick?: (from: number, to: number, series: string) => void;
  /** The flag of a mark was clicked. */
  pickMark?: (mark: TimeMark) => void;
}

/** Several series over time. Free of any framework: it owns its element, follows its size, and is told of a new theme. */
export class SeriesChart {
  private readonly table: TimeTable;
  private readonly step: number;
  /** Whether all values are whole, as counts are: then the scale has no halves, and one event does not fill it. */
  private readonly whole: boolean;
  private readonly label: HTMLElement;
  private readonly observer: ResizeObserver;
  private readonly plot: uPlot;

  constructor(
    private readonly place: HTMLElement,
    private readonly options: SeriesChartOptions,
  ) {
    this.table = align(options.series);
    this.step = stepOf(this.table.times);
    const values = this.table.columns.flat();
    this.whole = values.every((value) => Number.isInteger(value ?? 0)) && values.some((value) => value);
    this.label = document.createElement("output");
    this.label.className = "chart-label";
    this.plot = new uPlot(this.settings(), this.columns(), place);
    place.append(this.label);
    this.plot.over.addEventListener("click", this.click);
    this.showLabel();
    this.observer = new ResizeObserver(() =>
      this.plot.setSize({ width: place.clientWidth, height: place.clientHeight }),
    );
    this.observer.observe(place);
  }

  destroy(): void {
    this.observer.disconnect();
    this.plot.destroy();
    this.label.remove();
  }

  /** A stack is drawn from its top down, so that each series covers what is below those above it. */
  private columns(): uPlot.AlignedData {
    const { times, columns } = this.table;
    return [times, ...(this.options.shape === "stack" ? stack(columns).toReversed() : columns)];
  }

  private settings(): uPlot.Options {
    const { options, place } = this;
    const axis = {
      stroke: this.colour("--ink-3"),
      font: `11px ${this.token("--font")}`,
      ticks: { show: false },
      border: { show: false },
    };
    const drawn = options.shape === "stack" ? options.series.toReversed() : options.series;
    return {
      width: place.clientWidth,
      height: place.clientHeight,
      padding: [20, 0, 0, 20],
      legend: { show: false },
      cursor: { y: false, points: { size: 5 }, drag: { x: true, y: false, setScale: false } },
      scales: {
        x: { range: (_plot, from, to) => [from, Math.max(to + this.step, from + 1)] },
        y: {
          range: (_plot, _low, high) => this.valueRange(high),
        },
      },
      axes: [
        {
          ...axis,
          grid: { show: false },
          size: 22,
          space: 64,
          values: (_plot, values, _axis, _space, step) => values.map((at) => timeTick(at, step)),
        },
        {
          ...axis,
          side: 1,
          size: 54,
          splits: (_plot, _axis, _low, high) => this.splits(high),
          grid: { stroke: this.colour("--line"), width: 1 },
          values: (_plot, values) => values.map((value) => (value ? options.format(value) : "")),
        },
      ],
      series: [{}, ...drawn.map((one) => this.drawing(one))],
      hooks: {
        draw: [(plot) => this.drawOver(plot)],
        setCursor: [() => this.showLabel()],
        setSelect: [(plot) => this.select(plot)],
      },
    };
  }

  private drawing(series: TimeSeries): uPlot.Series {
    const colour = this.colour(series.colour);
    const { shape } = this.options;
    const lonely = alone(this.table.columns[this.options.series.indexOf(series)] ?? []);
    const points = { show: lonely.length > 0, size: 5, fill: colour, filter: () => lonely };
    const line = { stroke: colour, width: 1.5, points };
    if (shape === "line") {
      return line;
    }
    if (shape === "area") {
      return { ...line, fill: `color-mix(in srgb, ${colour} 16%, transparent)` };
    }
    const paths = uPlot.paths.bars?.({ size: [0.84, 26], align: 1 });
    return { stroke: colour, width: 0, fill: colour, paths, points: { show: false } };
  }

  /** Where there are only zeros, the scale has no other value. */
  private splits(high: number): number[] {
    const zero = this.table.columns.every((column) => column.every((value) => !value));
    return zero && !this.options.ceiling
      ? [0]
      : roundSplits(this.options.ceiling ?? (high / headroom) * 1.001, this.whole);
  }

  /** From zero, with room for the flags above. A limit belongs to the scale when the values come near it. */
  private valueRange(high: number): [number, number] {
    const near = (this.options.limits ?? []).map((limit) => limit.at).filter((at) => at < high * 2);
    const least = this.options.ceiling ?? (this.whole ? 4 : 0);
    return [0, Math.max(least, high, ...near) * headroom || 1];
  }

  private drawOver(plot: uPlot): void {
    const { ctx, bbox } = plot;
    ctx.save();
    ctx.lineWidth = devicePixelRatio;
    ctx.setLineDash([4 * devicePixelRatio, 4 * devicePixelRatio]);
    for (const limit of this.options.limits ?? []) {
      const y = plot.valToPos(limit.at, "y", true);
      if (y > bbox.top) {
        ctx.strokeStyle = this.colour(limit.colour);
        ctx.beginPath();
        ctx.moveTo(bbox.left, y);
        ctx.lineTo(bbox.left + bbox.width, y);
        ctx.stroke();
      }
    }
    ctx.restore();
    drawMarks(plot, this.options.marks, {
      line: this.colour("--ink-3"),
      worse: this.colour("--error"),
      font: this.token("--font"),
    });
  }

  /** Under the pointer: the moment and each value. Else the names, where there is more than one. */
  private showLabel(): void {
    const { idx, left } = this.plot.cursor;
    const at = idx === null || idx === undefined ? undefined : this.table.times[idx];
    const hovered = at !== undefined && left !== undefined && left >= 0;
    const named = this.options.series.length > 1;
    const parts: Node[] = [];
    this.options.series.forEach((series, index) => {
      const value = hovered && idx !== null && idx !== undefined ? this.table.columns[index]?.[idx] : undefined;
      if (!hovered && !named) {
        return;
      }
      const part = document.createElement("span");
      part.className = "chart-value";
      part.style.setProperty("--series", this.colour(series.colour));
      const text = value === null || value === undefined ? "no data" : this.options.format(value);
      part.textContent = hovered ? (named ? `${series.name} ${text}` : text) : series.name;
      part.dataset.single = String(!named);
      parts.push(part);
    });
    if (hovered) {
      const mark = markNear(this.plot, this.options.marks, left);
      parts.push(new Text(moment(new Date(at * 1000)).slice(0, 16)));
      if (mark) {
        parts.push(new Text(markText(mark)));
      }
    }
    this.label.replaceChildren(...parts);
  }

  private readonly click = (): void => {
    const { idx, left, top } = this.plot.cursor;
    const { pick, pickMark, marks, series } = this.options;
    const mark = pickMark && markNear(this.plot, marks, left ?? -1);
    if (mark) {
      pickMark(mark);
      return;
    }
    const from = idx === null || idx === undefined ? undefined : this.table.times[idx];
    if (!pick || from === undefined || idx === null || idx === undefined) {
      return;
    }
    const wanted = this.plot.posToVal(top ?? 0, "y");
    const columns = this.options.shape === "stack" ? stack(this.table.columns) : this.table.columns;
    const distances = columns.map((column) => Math.abs((column[idx] ?? Number.POSITIVE_INFINITY) - wanted));
    const nearest = series[distances.indexOf(Math.min(...distances))] ?? series[0];
    if (nearest) {
      pick(from, from + Math.max(this.step, 60), nearest.name);
    }
  };

  private select(plot: uPlot): void {
    const { left, width } = plot.select;
    if (width > 6) {
      this.options.zoom(plot.posToVal(left, "x"), plot.posToVal(left + width, "x"));
      plot.setSelect({ left: 0, width: 0, top: 0, height: 0 }, false);
    }
  }

  private token(name: string): string {
    return getComputedStyle(this.place).getPropertyValue(name).trim();
  }

  private colour(name: string): string {
    return name.startsWith("--") ? this.token(name) : name;
  }
}
