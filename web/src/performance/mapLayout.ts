import type { ServiceEdge, ServiceNode } from "../api/performanceShapes";

export interface PlacedNode {
  node: ServiceNode;
  /** The column, from what calls to what is called. */
  layer: number;
  /** The place in the column, from the middle of all columns: negative is above. */
  row: number;
}

/** A call, with a place in each column that it passes on its way. */
export interface PlacedEdge {
  edge: ServiceEdge;
  between: { layer: number; row: number }[];
}

export interface MapLayout {
  nodes: PlacedNode[];
  edges: PlacedEdge[];
  layers: number;
  /** The most places in one column. */
  rows: number;
}

/** A node, or the place that a long edge takes in a column it passes. */
interface Slot {
  id: string;
  node?: ServiceNode;
}

interface Tie {
  from: string;
  to: string;
}

/**
 * Columns from callers to called: each node stands right of all that call it, except along calls that lead back. A call
 * over several columns, back or forth, keeps a place in each, so that it runs between the nodes and not behind them.
 * Within a column, places are ordered by those of their neighbours, so that few lines cross.
 */
export function layOut(nodes: readonly ServiceNode[], edges: readonly ServiceEdge[]): MapLayout {
  const calls = betweenTwo(nodes, edges);
  const layerOf = layersOf(nodes, withoutCycles(nodes, calls));
  const columns: Slot[][] = Array.from({ length: Math.max(-1, ...layerOf.values()) + 1 }, () => []);
  for (const node of nodes) {
    columns[layerOf.get(node.id) ?? 0]?.push({ id: node.id, node });
  }
  const ties = calls.flatMap((edge) => tie(edge, layerOf, columns));
  for (let sweep = 0; sweep < 4; sweep++) {
    orderOnce(columns, ties);
  }
  const places = new Map(
    columns.flatMap((column, layer) =>
      column.map(({ id }, row) => [id, { layer, row: row - (column.length - 1) / 2 }] as const),
    ),
  );
  return {
    nodes: nodes.map((node) => ({ node, layer: 0, row: 0, ...places.get(node.id) })),
    edges: edges.map((edge) => ({
      edge,
      between: columns.flatMap((_, layer) => places.get(passing(edge, layer)) ?? []),
    })),
    layers: columns.length,
    rows: Math.max(0, ...columns.map((column) => column.length)),
  };
}

const passing = (edge: Tie, layer: number): string => `${edge.from} ${edge.to} ${layer}`;

/** The edge in pieces from column to column, with a slot in each that it only passes. */
function tie(edge: ServiceEdge, layerOf: ReadonlyMap<string, number>, columns: Slot[][]): Tie[] {
  const layer = (id: string): number => layerOf.get(id) ?? 0;
  const [left, right] = layer(edge.from) <= layer(edge.to) ? [edge.from, edge.to] : [edge.to, edge.from];
  const ties: Tie[] = [];
  let last = left;
  for (let passed = layer(left) + 1; passed < layer(right); passed++) {
    const id = passing(edge, passed);
    columns[passed]?.push({ id });
    ties.push({ from: last, to: id });
    last = id;
  }
  return [...ties, { from: last, to: right }];
}

/** Leaves out calls of a node to itself, and those to nodes that are not there. */
function betweenTwo(nodes: readonly ServiceNode[], edges: readonly ServiceEdge[]): ServiceEdge[] {
  const known = new Set(nodes.map((node) => node.id));
  return edges.filter((edge) => known.has(edge.from) && known.has(edge.to) && edge.from !== edge.to);
}

/** Leaves out every edge that closes a circle. */
function withoutCycles(nodes: readonly ServiceNode[], edges: readonly ServiceEdge[]): ServiceEdge[] {
  const from = new Map<string, ServiceEdge[]>();
  for (const edge of edges) {
    from.set(edge.from, [...(from.get(edge.from) ?? []), edge]);
  }
  const called = new Set(edges.map((edge) => edge.to));
  const state = new Map<string, "open" | "done">();
  const kept: ServiceEdge[] = [];
  const visit = (id: string): void => {
    state.set(id, "open");
    for (const edge of from.get(id) ?? []) {
      if (state.get(edge.to) === "open") {
        continue;
      }
      kept.push(edge);
      if (!state.has(edge.to)) {
        visit(edge.to);
      }
    }
    state.set(id, "done");
  };
  // What nobody calls comes first, so that a circle is cut where a reader would cut it.
  for (const node of nodes.toSorted((a, b) => Number(called.has(a.id)) - Number(called.has(b.id)))) {
    if (!state.has(node.id)) {
      visit(node.id);
    }
  }
  return kept;
}

/** The longest way to each node. */
function layersOf(nodes: readonly ServiceNode[], edges: readonly ServiceEdge[]): Map<string, number> {
  const layer = new Map(nodes.map((node) => [node.id, 0]));
  for (let round = 0; round < nodes.length; round++) {
    let moved = false;
    for (const { from, to } of edges) {
      const wanted = (layer.get(from) ?? 0) + 1;
      if ((layer.get(to) ?? 0) < wanted) {
        layer.set(to, wanted);
        moved = true;
      }
    }
    if (!moved) {
      break;
    }
  }
  return layer;
}

function orderOnce(columns: Slot[][], ties: readonly Tie[]): void {
  const place = new Map<string, number>();
  const remember = (column: readonly Slot[]) =>
    column.forEach(({ id }, row) => {
      place.set(id, (row + 0.5) / column.length);
    });
  columns.forEach(remember);
  for (const column of columns) {
    const middle = new Map(
      column.map(({ id }) => {
        const near = ties.flatMap(({ from, to }) => (to === id ? [from] : from === id ? [to] : []));
        const sum = near.reduce((total, one) => total + (place.get(one) ?? 0.5), 0);
        return [id, near.length > 0 ? sum / near.length : (place.get(id) ?? 0.5)];
      }),
    );
    column.sort((a, b) => (middle.get(a.id) ?? 0) - (middle.get(b.id) ?? 0) || a.id.localeCompare(b.id));
    remember(column);
  }
}
