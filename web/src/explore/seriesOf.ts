import type { EventSeries } from "../api/exploreShapes";
import { seriesColours } from "../design/seriesColour";
import type { TimeSeries } from "../design/timeSeries";

/** A series of the answer as the charts take it. The rest beyond the top is grey and last. */
export function seriesOf(series: readonly EventSeries[], nameOf: (one: EventSeries) => string): TimeSeries[] {
  const ordered = series.toSorted(
    (a, b) =>
      Number(a.meta.isOther ?? false) - Number(b.meta.isOther ?? false) || (a.meta.order ?? 0) - (b.meta.order ?? 0),
  );
  const colours = seriesColours(ordered.filter((one) => !one.meta.isOther).map(nameOf));
  return ordered.map((one) => ({
    name: nameOf(one),
    colour: one.meta.isOther ? "--bar" : (colours.get(nameOf(one)) ?? "--bar"),
    points: one.values.map(({ timestamp, value }) => [timestamp / 1000, value]),
  }));
}
