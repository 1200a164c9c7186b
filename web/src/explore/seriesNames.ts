import type { EventSeries } from "../api/exploreShapes";
import { rowsBehind, rowsBesides } from "./cells";
import { columnName } from "./columns";
import type { Question } from "./exploreSearch";

/** How a series is called among those of its chart. The rest beyond the top groups is called as no group is. */
export function seriesName(one: EventSeries, chart: readonly EventSeries[]): string {
  if (!one.meta.isOther) {
    return groupName(one);
  }
  return chart.some((series) => !series.meta.isOther && groupName(series) === "other") ? "all other" : "other";
}

/** The search for the rows that a series was counted from; absent: they cannot be told from others. */
export function rowsBehindSeries(
  { query, by }: Pick<Question, "query" | "by">,
  name: string,
  chart: readonly EventSeries[],
): string | undefined {
  const one = chart.find((series) => seriesName(series, chart) === name);
  if (one?.meta.isOther) {
    return rowsBesides(query, by, chart.filter((series) => !series.meta.isOther).map(groupOf));
  }
  return one && rowsBehind(query, one.groupBy?.length ? by : [], groupOf(one));
}

const groupOf = ({ groupBy }: EventSeries) => Object.fromEntries((groupBy ?? []).map(({ key, value }) => [key, value]));

const groupName = ({ groupBy, yAxis }: EventSeries): string =>
  groupBy && groupBy.length > 0 ? groupBy.map(({ value }) => value ?? "(none)").join(", ") : columnName(yAxis);
