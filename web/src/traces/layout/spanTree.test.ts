import { describe, expect, it } from "vitest";
import { type Short, someSpan, someTree } from "./someTrace";
import { buildTree, type SpanTree } from "./spanTree";

const ids = (tree: SpanTree) => tree.all.map((node) => node.span.span_id);

describe("the tree of a trace", () => {
  const spans: Short[] = [
    ["page", null, 0, 100],
    ["fetch", "page", 10, 90],
    ["api", "fetch", 20, 80],
    ["query", "api", 30, 60],
    ["image", "page", 5, 40],
  ];

  it("is the same in whichever order the spans come", () => {
    const orders = [spans, spans.toReversed(), [...spans.slice(2), ...spans.slice(0, 2)]];
    for (const order of orders) {
      const tree = someTree(...order);
      expect(ids(tree)).toEqual(["page", "image", "fetch", "api", "query"]);
      expect(tree.all.map((node) => node.depth)).toEqual([0, 1, 1, 2, 3]);
      expect(tree.all.map((node) => node.size)).toEqual([4, 0, 2, 1, 0]);
    }
  });

  it("took as long as its spans, however late an error of it came", () => {
    const tree = buildTree({
      start: 1_790_000_000 - 5,
      end: 1_790_000_000 + 30,
      spans: spans.map(someSpan),
      errors: [],
      issues: [],
      truncated: false,
    });

    expect(tree.took).toBeCloseTo(100);
    expect(tree.duration).toBeCloseTo(35_000);
  });

  it("shows a span whose parent has not come at the top, and says so", () => {
    const tree = someTree(["page", null, 0, 100], ["worker", "not-here", 50, 70]);
    expect(tree.roots.map((node) => [node.span.span_id, node.orphan])).toEqual([
      ["page", false],
      ["worker", true],
    ]);
  });

  it("cuts rings of parents and loses no span", () => {
    const tree = someTree(["a", "c", 0, 10], ["b", "a", 1, 9], ["c", "b", 2, 8], ["self", "self", 3, 4]);
    expect(ids(tree).sort()).toEqual(["a", "b", "c", "self"]);
    expect(tree.all.every((node) => node.depth <= 2)).toBe(true);
  });

  it("hangs the server's half of a shared id below the client's, and what the server does below that", () => {
    const halves: Short[] = [
      ["page", null, 0, 100],
      ["call", "page", 10, 90],
      ["call", "call", 12, 88],
      ["query", "call", 20, 30],
    ];
    for (const order of [halves, halves.toReversed()]) {
      const tree = someTree(...order);
      expect(tree.all.map((node) => [node.span.span_id, node.depth, Math.round(node.start)])).toEqual([
        ["page", 0, 0],
        ["call", 1, 10],
        ["call", 2, 12],
        ["query", 3, 20],
      ]);
    }
  });

  it("walks a chain of fifty thousand spans without running out of stack", () => {
    const chain = Array.from({ length: 50_000 }, (_, n): Short => [`s${n}`, n === 0 ? null : `s${n - 1}`, n, 50_000]);
    expect(someTree(...chain).all.at(-1)?.depth).toBe(49_999);
  });

  it("counts trouble below and keeps errors of unknown spans apart", () => {
    const error = (event_id: string, span_id: string | null) => ({
      event_id,
      span_id,
      issue_id: "1",
      short_id: "SHOP-1",
      title: "boom",
      level: "error",
      project: "shop",
      timestamp: 1_790_000_000.05,
      transaction: null,
    });
    const tree = buildTree({
      start: 1_790_000_000,
      end: 1_790_000_000.1,
      spans: [someSpan(["root", null, 0, 100]), someSpan(["query", "root", 10, 60, { failed: true }])],
      errors: [error("e1", "query"), error("e2", "gone"), error("e3", null)],
      issues: [],
      truncated: false,
    });
    expect(tree.byId.get("query")?.errors.map((one) => one.event_id)).toEqual(["e1"]);
    expect(tree.roots[0]?.troubleBelow).toBe(2);
    expect(tree.looseErrors.map((one) => one.event_id)).toEqual(["e2", "e3"]);
  });

  it("counts the spans of each service in the order they come in", () => {
    const tree = someTree(
      ["a", null, 0, 9, { service: "web" }],
      ["b", "a", 1, 8, { service: null, project: "api" }],
      ["c", "b", 2, 3, { service: "web" }],
    );
    expect([...tree.lanes]).toEqual([
      ["web", 2],
      ["api", 1],
    ]);
  });
});
