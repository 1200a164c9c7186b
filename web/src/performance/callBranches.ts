import type { ServiceEdge, ServiceNode } from "../api/performanceShapes";

/** A service in the tree of calls, with what it calls below it. */
export interface CallBranch {
  node: ServiceNode;
  /** The call that leads here; absent where the tree begins. */
  call?: ServiceEdge;
  branches: CallBranch[];
  /** What it calls stands further up, where it came first. */
  again: boolean;
}

/**
 * The map as a tree, for where a picture has no room: from what nobody calls to what is called, the most frequent first.
 * Every node has its calls below it once; a circle that nobody enters begins at its busiest node.
 */
export function callBranches(nodes: readonly ServiceNode[], edges: readonly ServiceEdge[]): CallBranch[] {
  const known = new Map(nodes.map((node) => [node.id, node]));
  const calls = edges.filter((edge) => edge.from !== edge.to && known.has(edge.from) && known.has(edge.to));
  const called = new Set(calls.map((call) => call.to));
  const shown = new Set<string>();

  const branch = (node: ServiceNode, call?: ServiceEdge): CallBranch => {
    const own = calls.filter(({ from }) => from === node.id).toSorted((a, b) => b.count - a.count);
    const again = shown.has(node.id);
    shown.add(node.id);
    const branches = again ? [] : own.flatMap((one) => follow(one));
    return { node, call, branches, again: again && own.length > 0 };
  };
  const follow = (call: ServiceEdge): CallBranch[] => {
    const node = known.get(call.to);
    return node ? [branch(node, call)] : [];
  };

  const busiest = nodes.toSorted((a, b) => b.count - a.count);
  const entrances = busiest.filter((node) => !called.has(node.id)).map((node) => branch(node));
  const rest = busiest.flatMap((node) => (shown.has(node.id) ? [] : [branch(node)]));
  return [...entrances, ...rest];
}
