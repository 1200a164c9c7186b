import { type KeyboardEvent, useMemo } from "react";
import type { ServiceMap as Calls, ServiceEdge } from "../api/performanceShapes";
import { isFailing } from "./failing";
import { layOut, type MapLayout, type PlacedEdge, type PlacedNode } from "./mapLayout";
import { ServiceIcon } from "./ServiceIcon";
import styles from "./ServiceMap.module.css";
import { callSentence, callWords, kindWords } from "./serviceWords";

interface ServiceMapProps {
  map: Calls;
  chosen: string | undefined;
  choose: (node: string | undefined) => void;
}

const box = { width: 164, height: 54 };
const step = { x: 232, y: 76 };
const edgeRoom = 24;
const backLower = 14;

/** Nodes in columns from callers to called. Tab goes through them, Enter chooses one and dims what it does not touch. */
export function ServiceMap({ map, chosen, choose }: ServiceMapProps) {
  const layout = useMemo(() => layOut(map.nodes, map.edges), [map]);
  const placed = useMemo(() => new Map(layout.nodes.map((one) => [one.node.id, one])), [layout]);
  const most = Math.max(1, ...map.edges.map((edge) => edge.count));
  const touches = (edge: ServiceEdge) => !chosen || edge.from === chosen || edge.to === chosen;
  const near = new Set(map.edges.filter(touches).flatMap((edge) => [edge.from, edge.to]));
  const width = (layout.layers - 1) * step.x + box.width + 2 * edgeRoom;
  const height = (layout.rows - 1) * step.y + box.height + 2 * edgeRoom;

  return (
    <div className={styles.scroll}>
      <svg className={styles.map} width={width} height={height} role="group" aria-label="Service map">
        <defs>
          <marker
            id="map-arrow"
            viewBox="0 0 8 8"
            refX="7"
            refY="4"
            markerUnits="userSpaceOnUse"
            markerWidth="9"
            markerHeight="9"
            orient="auto"
          >
            <path d="M0 0L8 4L0 8z" className={styles.arrow} />
          </marker>
        </defs>
        {layout.edges.map(({ edge, between }) => {
          const from = placed.get(edge.from);
          const to = placed.get(edge.to);
          return (
            from &&
            to && (
              <path
                key={`${edge.from} ${edge.to}`}
                className={styles.edge}
                data-failing={isFailing(edge.failure_rate)}
                data-dim={!touches(edge)}
                d={line(layout, from, to, between)}
                strokeWidth={1 + 3 * Math.sqrt(edge.count / most)}
                markerEnd="url(#map-arrow)"
              >
                <title>{`${from.node.name} → ${to.node.name}: ${callSentence(edge)}`}</title>
              </path>
            )
          );
        })}
        {layout.nodes.map((one) => (
          <Node
            key={one.node.id}
            placed={one}
            at={corner(layout, one)}
            chosen={one.node.id === chosen}
            dim={chosen !== undefined && one.node.id !== chosen && !near.has(one.node.id)}
            choose={() => choose(one.node.id === chosen ? undefined : one.node.id)}
          />
        ))}
      </svg>
    </div>
  );
}

interface NodeProps {
  placed: PlacedNode;
  at: { x: number; y: number };
  chosen: boolean;
  dim: boolean;
  choose: () => void;
}

function Node({ placed: { node }, at, chosen, dim, choose }: NodeProps) {
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "Enter" || event.key === " ") {
      event.preventDefault();
      choose();
    }
  };
  return (
    <g
      className={styles.node}
      role="button"
      tabIndex={0}
      aria-pressed={chosen}
      aria-label={`${node.name}, ${kindWords[node.kind]}: ${callSentence(node)}`}
      data-failing={isFailing(node.failure_rate)}
      data-kind={node.kind}
      data-dim={dim}
      transform={`translate(${at.x} ${at.y})`}
      onClick={choose}
      onKeyDown={onKeyDown}
    >
      <title>{`${node.name}: ${callSentence(node)}`}</title>
      <rect width={box.width} height={box.height} rx={node.kind === "service" ? 5 : 14} />
      <text x="12" y="22" className={styles.name}>
        {cut(node.name, node.kind === "service" ? 22 : 16)}
      </text>
      <ServiceIcon kind={node.kind} x={box.width - 26} y={10} size={16} className={styles.kind} />
      <text x="12" y="41" className={styles.numbers}>
        {callWords(node)}
      </text>
    </g>
  );
}

/** Every column stands around the middle of the map. */
function corner(layout: MapLayout, { layer, row }: { layer: number; row: number }): { x: number; y: number } {
  return { x: edgeRoom + layer * step.x, y: edgeRoom + (row + (layout.rows - 1) / 2) * step.y };
}

/**
 * From the right side of the caller to the left of the called. A call that leads back runs the other way and lower, beside
 * what may lead forth; one of a node to itself goes around below it.
 */
function line(layout: MapLayout, from: PlacedNode, to: PlacedNode, between: PlacedEdge["between"]): string {
  const a = corner(layout, from);
  const b = corner(layout, to);
  if (from === to) {
    const low = a.y + box.height;
    return `M${a.x + box.width * 0.7} ${low}C${a.x + box.width * 0.7} ${low + 28} ${a.x + box.width * 0.3} ${low + 28} ${a.x + box.width * 0.3} ${low + 2}`;
  }
  const way = to.layer < from.layer ? -1 : 1;
  const side = box.height / 2 + (way < 0 ? backLower : 0);
  const bend = way * (step.x - box.width) * 0.6;
  const [leave, enter] = way < 0 ? [0, box.width] : [box.width, 0];
  let path = `M${a.x + leave} ${a.y + side}`;
  let last = { x: a.x + leave, y: a.y + side };
  for (const place of between.toSorted((one, other) => way * (one.layer - other.layer))) {
    const at = corner(layout, place);
    const y = at.y + side;
    path += `C${last.x + bend} ${last.y} ${at.x + enter - bend} ${y} ${at.x + enter} ${y}H${at.x + leave}`;
    last = { x: at.x + leave, y };
  }
  const end = { x: b.x + enter - 2 * way, y: b.y + side };
  return `${path}C${last.x + bend} ${last.y} ${b.x + enter - bend} ${end.y} ${end.x} ${end.y}`;
}

const cut = (text: string, most: number): string => (text.length > most ? `${text.slice(0, most - 1)}…` : text);
