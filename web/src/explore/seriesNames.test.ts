import { expect, it } from "vitest";
import type { CellValue, EventSeries } from "../api/exploreShapes";
import { rowsBehindSeries, seriesName } from "./seriesNames";

const series = (group: Record<string, CellValue> | undefined, isOther = false) =>
  ({
    yAxis: "count()",
    groupBy: group && Object.entries(group).map(([key, value]) => ({ key, value })),
    values: [],
    meta: { isOther },
  }) as unknown as EventSeries;
const rest = series(undefined, true);

it("finds the rest beyond the top groups without those", () => {
  const asked = { query: "a or b", by: ["release"] };
  expect(rowsBehindSeries(asked, "other", [series({ release: "1.0" }), series({ release: "my app" }), rest])).toBe(
    '(a or b) !release:[1.0, "my app"]',
  );
  expect(rowsBehindSeries(asked, "other", [series({ release: "1.0" }), series({ release: null }), rest])).toBe(
    "(a or b) has:release !release:[1.0]",
  );
});

it("tells the rest from a group that is called other", () => {
  const chart = [series({ release: "other" }), rest];
  expect(chart.map((one) => seriesName(one, chart))).toEqual(["other", "all other"]);
  const asked = { query: "", by: ["release"] };
  expect(rowsBehindSeries(asked, "other", chart)).toBe("release:other");
  expect(rowsBehindSeries(asked, "all other", chart)).toBe("!release:[other]");
});

it("leads nowhere from a rest that cannot be told from the groups", () => {
  const two = [series({ release: "1.0", level: "error" }), rest];
  expect(rowsBehindSeries({ query: "", by: ["release", "level"] }, "other", two)).toBeUndefined();
  const names = [series({ "stack.function": ["main"] }), rest];
  expect(rowsBehindSeries({ query: "", by: ["stack.function"] }, "other", names)).toBeUndefined();
});

it("finds all rows where there are no groups", () => {
  const chart = [series(undefined)];
  expect(seriesName(series(undefined), chart)).toBe("count()");
  expect(rowsBehindSeries({ query: "span.op:db", by: [] }, "count()", chart)).toBe("span.op:db");
});
