import { describe, expect, it } from "vitest";
import type { Breadcrumb } from "../api/eventShapes";
import { beforeEvent, filterTrail, headline, trailOf } from "./trail";

const crumb = (part: Partial<Breadcrumb>): Breadcrumb => ({
  type: "default",
  category: null,
  level: "info",
  message: null,
  data: null,
  timestamp: null,
  event_id: null,
  ...part,
});

const steps = trailOf(
  [
    crumb({ category: "auth", message: "Logged in" }),
    crumb({ category: "console", level: "warning", message: "slow", data: { logger: "ui" } }),
    crumb({ type: "http", category: "fetch", data: { method: "GET", url: "/cart", status_code: 500, size: 3 } }),
  ],
  { values: { 1: { message: { "": { len: 9 } } } } },
);

it("runs from the newest step to the oldest and keeps each remark with its step", () => {
  expect(steps.map((step) => step.category)).toEqual(["fetch", "console", "auth"]);
  expect(steps.map((step) => step.meta !== undefined)).toEqual([false, true, false]);
  expect(steps[2]?.level).toBe("info");
});

describe("filtering", () => {
  it("wants everything when nothing is chosen", () => {
    expect(filterTrail(steps, new Set(), new Set(), "")).toHaveLength(3);
  });

  it("looks at level, category and words, also inside the data", () => {
    expect(filterTrail(steps, new Set(["warning"]), new Set(), "")).toHaveLength(1);
    expect(filterTrail(steps, new Set(), new Set(["auth", "fetch"]), "CART 500")).toHaveLength(1);
    expect(filterTrail(steps, new Set(["warning"]), new Set(["auth"]), "")).toHaveLength(0);
  });
});

it("says a request in one line and does not repeat it below", () => {
  expect(steps.slice(0, 1).map(headline)).toEqual([{ text: "GET /cart → 500", rest: { size: 3 } }]);
});

it("tells the time before the event, and after it when clocks disagree", () => {
  expect(beforeEvent("2026-11-20T18:00:00.000Z", "2026-11-20T18:00:01.240Z")).toBe("−1.24 s");
  expect(beforeEvent("2026-11-20T18:00:02Z", "2026-11-20T18:00:01Z")).toBe("+1.00 s");
  expect(beforeEvent(null, "2026-11-20T18:00:01Z")).toBe("");
});
