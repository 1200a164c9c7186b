import { expect, it } from "vitest";
import type { ServiceEdge, ServiceNode } from "../api/performanceShapes";
import { type CallBranch, callBranches } from "./callBranches";

const node = (id: string, count = 1): ServiceNode => ({
  id,
  name: id,
  kind: "service",
  project: null,
  count,
  failure_rate: 0,
  p95: 1,
});
const edge = (from: string, to: string, count = 1): ServiceEdge => ({ from, to, count, failure_rate: 0, p95: 1 });

/** `web(api(db) cache)`; `…` where the calls stand further up. */
const written = (branches: readonly CallBranch[]): string =>
  branches
    .map(
      ({ node: { id }, branches: below, again }) =>
        `${id}${again ? "…" : ""}${below.length ? `(${written(below)})` : ""}`,
    )
    .join(" ");

it("begins with what nobody calls and goes down the most frequent calls first", () => {
  const tree = callBranches(
    [node("db"), node("cron"), node("web", 9), node("api"), node("cache")],
    [edge("web", "cache", 2), edge("web", "api", 8), edge("api", "db")],
  );
  expect(written(tree)).toBe("web(api(db) cache) cron");
  expect(tree[0]?.branches[0]?.call?.count).toBe(8);
});

it("shows the calls of a node once, and every call that leads to it", () => {
  const tree = callBranches(
    [node("web", 3), node("admin", 2), node("api"), node("db")],
    [edge("web", "api"), edge("admin", "api"), edge("admin", "db"), edge("api", "db")],
  );
  expect(written(tree)).toBe("web(api(db)) admin(api… db)");
});

it("takes a circle apart, with or without an entrance, and ignores calls to itself and to nobody known", () => {
  expect(written(callBranches([node("a"), node("b")], [edge("a", "b"), edge("b", "a", 2)]))).toBe("a(b(a…))");
  expect(
    written(callBranches([node("web"), node("a"), node("b")], [edge("web", "b"), edge("a", "b"), edge("b", "a")])),
  ).toBe("web(b(a(b…)))");
  expect(written(callBranches([node("a")], [edge("a", "a"), edge("a", "gone")]))).toBe("a");
});
