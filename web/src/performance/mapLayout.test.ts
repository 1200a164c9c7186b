import { expect, it } from "vitest";
import type { ServiceEdge, ServiceNode } from "../api/performanceShapes";
import { layOut } from "./mapLayout";

const node = (id: string): ServiceNode => ({
  id,
  name: id,
  kind: "service",
  project: null,
  count: 1,
  failure_rate: 0,
  p95: 1,
});
const edge = (from: string, to: string): ServiceEdge => ({ from, to, count: 1, failure_rate: 0, p95: 1 });
const layersOf = (ids: string[], edges: ServiceEdge[]) =>
  Object.fromEntries(layOut(ids.map(node), edges).nodes.map((placed) => [placed.node.id, placed.layer]));

it("puts what is called right of all that call it", () => {
  const layers = layersOf(
    ["db", "web", "api", "cache"],
    [edge("web", "api"), edge("api", "db"), edge("web", "cache"), edge("api", "cache")],
  );
  expect(layers).toEqual({ web: 0, api: 1, db: 2, cache: 2 });
});

it("cuts a circle of calls where it leads back to the entrance", () => {
  const layers = layersOf(["stock", "api", "web"], [edge("web", "api"), edge("api", "stock"), edge("stock", "api")]);
  expect(layers).toEqual({ web: 0, api: 1, stock: 2 });
});

it("stands a circle that has no entrance, a call to itself and a call to nobody known", () => {
  expect(
    layOut([node("a"), node("b")], [edge("a", "b"), edge("b", "a"), edge("a", "a"), edge("a", "gone")]),
  ).toMatchObject({
    layers: 2,
    rows: 1,
  });
});

it("orders a column so that lines do not cross", () => {
  const { nodes } = layOut(["a", "b", "x", "y"].map(node), [edge("a", "y"), edge("b", "x")]);
  const row = (id: string) => nodes.find((placed) => placed.node.id === id)?.row ?? -1;
  expect(Math.sign(row("a") - row("b"))).toBe(Math.sign(row("y") - row("x")));
});

it("leads a long call between the nodes of the columns it passes", () => {
  const { nodes, edges } = layOut(["web", "api", "db"].map(node), [
    edge("web", "api"),
    edge("api", "db"),
    edge("web", "db"),
  ]);
  const api = nodes.find((placed) => placed.node.id === "api");
  const long = edges.find((placed) => placed.edge.from === "web" && placed.edge.to === "db");
  expect(long?.between).toHaveLength(1);
  expect(long?.between[0]).toMatchObject({ layer: api?.layer });
  expect(long?.between[0]?.row).not.toBe(api?.row);
});

it("leads a call back between the nodes of the columns it passes", () => {
  const { nodes, edges } = layOut(["web", "api", "db"].map(node), [
    edge("web", "api"),
    edge("api", "db"),
    edge("db", "web"),
  ]);
  const api = nodes.find((placed) => placed.node.id === "api");
  const back = edges.find((placed) => placed.edge.from === "db");
  expect(back?.between).toHaveLength(1);
  expect(back?.between[0]).toMatchObject({ layer: api?.layer });
  expect(back?.between[0]?.row).not.toBe(api?.row);
});
