import uPlot from "uplot";
import "uplot/dist/uPlot.min.css";
import type { Bucket } from "../api/shapes";
import { exactNumber, moment, shortNumber } from "./format";
import { timeTick } from "./ticks";

export interface TimeChartOptions {
  /** What is counted, for the label under the pointer. */
  noun: string;
  /** A stretch was brushed, in Unix seconds. */
  zoom: (from: number, to: number) => void;
}

/** Bars over time. Free of any framework: it owns its element, follows its size, and is told when the theme changes. */
export class TimeChart {
  private readonly plot: uPlot;
  private readonly label: HTMLElement;
  private readonly observer: ResizeObserver;
  /** Seconds from one bucket to the next: the last bar needs as much room after its beginning. */
  private readonly step: number;

  constructor(
    place: HTMLElement,
    buckets: readonly Bucket[],
    private readonly options: TimeChartOptions,
  ) {
    this.step = (buckets[1]?.[0] ?? 0) - (buckets[0]?.[0] ?? 0);
    this.label = document.createElement("output");
    this.label.className = "chart-label";
    this.plot = new uPlot(this.settings(place), toColumns(buckets), place);
    place.append(this.label);
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

  private settings(place: HTMLElement): uPlot.Options {
    const token = (name: string) => getComputedStyle(place).getPropertyValue(name).trim();
    const axis = {
      stroke: token("--ink-3"),
      font: `11px ${token("--font")}`,
      ticks: { show: false },
      border: { show: false },
    };
    return {
      width: place.clientWidth,
      height: place.clientHeight,
      padding: [16, 0, 0, 14],
      legend: { show: false },
      cursor: { y: false, points: { show: false }, drag: { x: true, y: false, setScale: false } },
      scales: {
        x: { range: (_plot, from, to) => [from, to + this.step] },
        y: { range: (_plot, _low, high) => [0, Math.max(4, high * 1.08)] },
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
          size: 40,
          splits: (_plot, _axis, _low, high) => [0, Math.ceil(high / 2), Math.floor(high)],
          grid: { stroke: token("--line"), width: 1 },
          values: (_plot, values) => values.map((value) => (value ? shortNumber(value) : "")),
        },
      ],
      series: [
        {},
        {
          fill: token("--bar"),
          stroke: token("--bar"),
          width: 0,
          points: { show: false },
          paths: uPlot.paths.bars?.({ size: [0.82, 26], align: 1 }),
        },
      ],
      hooks: { setCursor: [() => this.showLabel()], setSelect: [(plot) => this.select(plot)] },
    };
  }

  private showLabel(): void {
    const { idx, left } = this.plot.cursor;
    const at = idx === null || idx === undefined ? undefined : this.plot.data[0][idx];
    const count = idx === null || idx === undefined ? undefined : this.plot.data[1]?.[idx];
    if (at === undefined || left === undefined || left < 0) {
      this.label.textContent = "";
      return;
    }
    const what = count === null || count === undefined ? "no data" : `${exactNumber(count)} ${this.options.noun}`;
    this.label.textContent = `${what}, ${moment(new Date(at * 1000)).slice(0, 16)}`;
  }

  private select(plot: uPlot): void {
    const { left, width } = plot.select;
    if (width > 6) {
      this.options.zoom(plot.posToVal(left, "x"), plot.posToVal(left + width, "x"));
      plot.setSelect({ left: 0, width: 0, top: 0, height: 0 }, false);
    }
  }
}

/** A bucket without events draws nothing: absence, not zero. */
function toColumns(buckets: readonly Bucket[]): uPlot.AlignedData {
  return [buckets.map(([at]) => at), buckets.map(([, count]) => count || null)];
}
