import type { ServiceEdge, ServiceMap, ServiceNode } from "../api/performanceShapes";
import { Button } from "../design/Button";
import { CopyButton } from "../design/Copy";
import { Count } from "../design/Count";
import { toCsv } from "../design/csv";
import { duration, percent } from "../design/format";
import { isFailing } from "./failing";
import styles from "./MapTable.module.css";
import { PartHead } from "./Part";
import rows from "./Rows.module.css";
import { ServiceLink } from "./ServiceLink";
import { kindWords } from "./serviceWords";

interface MapTableProps {
  org: string;
  map: ServiceMap;
  chosen: string | undefined;
  choose: (node: string | undefined) => void;
}

/** The map in rows: all nodes, or the calls of the chosen one. */
export function MapTable({ org, map, chosen, choose }: MapTableProps) {
  const node = map.nodes.find((one) => one.id === chosen);
  const name = (id: string) => map.nodes.find((one) => one.id === id)?.name ?? id;
  const csv = () =>
    toCsv(
      ["from", "to", "calls", "failure rate", "p95 ms"],
      map.edges.map((edge) => [name(edge.from), name(edge.to), edge.count, edge.failure_rate, edge.p95 ?? ""]),
    );
  return (
    <div className={styles.side}>
      {node ? (
        <>
          <PartHead
            title={node.name}
            note={kindWords[node.kind]}
            action={
              <Button small onClick={() => choose(undefined)}>
                Show all
              </Button>
            }
          />
          <ServiceLink org={org} node={node} />
          <Calls
            title="Called by"
            edges={map.edges.filter((edge) => edge.to === node.id)}
            end="from"
            {...{ name, choose }}
          />
          <Calls
            title="Calls"
            edges={map.edges.filter((edge) => edge.from === node.id)}
            end="to"
            {...{ name, choose }}
          />
        </>
      ) : (
        <>
          <PartHead title="Services and what they call" action={<CopyButton what="CSV" text={csv} />} />
          <Nodes nodes={map.nodes} choose={choose} />
        </>
      )}
    </div>
  );
}

function Nodes({ nodes, choose }: { nodes: readonly ServiceNode[]; choose: (node: string) => void }) {
  return (
    <table className={rows.table}>
      <thead>
        <tr>
          <th className={rows.wide}>Name</th>
          <th className={rows.number}>Calls</th>
          <th className={rows.number}>Failing</th>
          <th className={rows.number}>p95</th>
        </tr>
      </thead>
      <tbody>
        {nodes
          .toSorted((a, b) => b.failure_rate - a.failure_rate || b.count - a.count)
          .map((node) => (
            <tr key={node.id}>
              <td className={rows.wide}>
                <button type="button" className={styles.pick} onClick={() => choose(node.id)}>
                  {node.name}
                </button>
                {node.kind !== "service" && node.kind !== node.name && (
                  <span className={rows.dim}> {kindWords[node.kind]}</span>
                )}
              </td>
              <Numbers of={node} />
            </tr>
          ))}
      </tbody>
    </table>
  );
}

interface CallsProps {
  title: string;
  edges: readonly ServiceEdge[];
  end: "from" | "to";
  name: (id: string) => string;
  choose: (node: string) => void;
}

function Calls({ title, edges, end, name, choose }: CallsProps) {
  if (edges.length === 0) {
    return null;
  }
  return (
    <table className={`${rows.table} ${styles.calls}`}>
      <thead>
        <tr>
          <th className={rows.wide}>{title}</th>
          <th className={rows.number}>Calls</th>
          <th className={rows.number}>Failing</th>
          <th className={rows.number}>p95</th>
        </tr>
      </thead>
      <tbody>
        {edges.map((edge) => (
          <tr key={edge[end]}>
            <td className={rows.wide}>
              <button type="button" className={styles.pick} onClick={() => choose(edge[end])}>
                {name(edge[end])}
              </button>
            </td>
            <Numbers of={edge} />
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Numbers({ of }: { of: Pick<ServiceEdge, "count" | "failure_rate" | "p95"> }) {
  return (
    <>
      <td className={rows.number}>
        <Count value={of.count} />
      </td>
      <td className={`${rows.number} ${isFailing(of.failure_rate) ? rows.bad : ""}`}>{percent(of.failure_rate)}</td>
      <td className={rows.number}>{of.p95 === null ? "" : duration(of.p95)}</td>
    </>
  );
}
