import { describe, expect, it } from "vitest";
import { placesOf, type Row, type RowChoice, revealing, visibleRows } from "./rows";
import { type Short, someTree } from "./someTrace";

const nothing: RowChoice = { closed: new Set(), unfolded: new Set() };
const names = (rows: readonly Row[]) =>
  rows.map((row) => (row.kind === "span" ? row.node.span.span_id : `× ${row.fold.members.length}`));

const query = (n: number, parent = "root"): Short => [
  `q${n}`,
  parent,
  10 * n,
  10 * n + 4,
  { op: "db.sql.query", group: "same" },
];

describe("the rows of the waterfall", () => {
  const loop = someTree(["root", null, 0, 1000], ...Array.from({ length: 42 }, (_, n) => query(n)));

  it("fold siblings that repeat, with their number and their time in all", () => {
    const rows = visibleRows(loop, nothing);
    expect(names(rows)).toEqual(["root", "× 42"]);
    expect(rows[1]?.kind === "fold" && rows[1].fold.total).toBeCloseTo(168);
  });

  it("show the members of a fold that was opened, one level deeper", () => {
    const fold = visibleRows(loop, nothing)[1];
    const key = fold?.kind === "fold" ? fold.fold.key : "";
    const rows = visibleRows(loop, { closed: new Set(), unfolded: new Set([key]) });
    expect(rows).toHaveLength(44);
    expect(rows[2]).toMatchObject({ depth: 2, parent: 1 });
  });

  it("leave four repeats as they are", () => {
    const tree = someTree(["root", null, 0, 100], ...[1, 2, 3, 4].map((n) => query(n)));
    expect(names(visibleRows(tree, nothing))).toEqual(["root", "q1", "q2", "q3", "q4"]);
  });

  it("fold two queries that take turns into two folds", () => {
    const turns = Array.from({ length: 12 }, (_, n): Short => {
      const [id, parent, from, to] = query(n);
      return [id, parent, from, to, { op: "db.sql.query", group: n % 2 === 0 ? "a" : "b" }];
    });
    expect(names(visibleRows(someTree(["root", null, 0, 1000], ...turns), nothing))).toEqual(["root", "× 6", "× 6"]);
  });

  it("never fold the ways into other services", () => {
    const calls = Array.from({ length: 6 }, (_, n): Short => {
      const [id, parent, from, to] = query(n);
      return [id, parent, from, to, { is_segment: true, group: "same" }];
    });
    expect(visibleRows(someTree(["root", null, 0, 1000], ...calls), nothing)).toHaveLength(7);
  });

  it("hide what is below a closed span", () => {
    const tree = someTree(["root", null, 0, 10], ["a", "root", 1, 5], ["b", "a", 2, 4], ["c", "root", 6, 9]);
    const rows = visibleRows(tree, { closed: new Set(["a"]), unfolded: new Set() });
    expect(names(rows)).toEqual(["root", "a", "c"]);
    expect(rows[1]).toMatchObject({ opens: true, open: false, last: false });
    expect(rows[2]).toMatchObject({ opens: false, last: true, parent: 0 });
  });

  it("open whatever hides a span that is looked for", () => {
    const tree = someTree(["root", null, 0, 1000], ...Array.from({ length: 9 }, (_, n) => query(n)), [
      "deep",
      "q7",
      71,
      73,
    ]);
    const choice: RowChoice = { closed: new Set(["root", "q7"]), unfolded: new Set() };
    expect(placesOf(visibleRows(tree, choice)).has("deep")).toBe(false);
    const deep = tree.byId.get("deep");
    const opened = deep && revealing(deep, tree, choice);
    expect(opened && placesOf(visibleRows(tree, opened)).get("deep")).toBeGreaterThan(0);
  });
});
