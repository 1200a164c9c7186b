import { expect, it } from "vitest";
import { type Short, someSpan } from "./layout/someTrace";
import { mayGrow } from "./traceQueries";

/** How many seconds after its end a trace may grow, of those asked for. */
const growsAfter = (spans: Short[], ...seconds: number[]) => {
  const end = Date.now() / 1000;
  return seconds.filter((age) => mayGrow({ end, spans: spans.map(someSpan) }, (end + age) * 1000));
};

it("stops to grow when the time for that is over, though it has stayed the same trace", () => {
  expect(growsAfter([["a", null, 0, 10]], 5, 59, 61, 700)).toEqual([5, 59]);
});

it("waits longer for parents that have not come", () => {
  expect(growsAfter([["a", "gone", 0, 10]], 5, 61, 599, 601)).toEqual([5, 61, 599]);
});
