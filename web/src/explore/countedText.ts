import type { EventCount } from "../api/exploreShapes";
import { exactNumber, nounFor } from "../design/format";
import { inPeriod, type Scope } from "../shell/scope";
import type { Dataset } from "./exploreQueries";

/** `From 48,210 stored spans, which stand for about 192,840, in the last 14 days.` */
export function countedText({ count, stored }: EventCount, partial: boolean, dataset: Dataset, scope: Scope): string {
  const rows = nounFor(stored, dataset === "spans" ? "span" : "error");
  const others =
    count === stored ? "" : `, which ${stored === 1 ? "stands" : "stand"} for about ${exactNumber(count)},`;
  return `From ${partial ? "at least " : ""}${exactNumber(stored)} stored ${rows}${others} ${inPeriod(scope)}.`;
}
