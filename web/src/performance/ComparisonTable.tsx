import type { TransactionComparison } from "../api/performanceShapes";
import { duration, exactNumber, moment, percent, rate } from "../design/format";
import { Change } from "./Change";
import styles from "./CompareSection.module.css";
import rows from "./Rows.module.css";

interface ComparisonTableProps {
  a: string;
  b: string;
  comparison: TransactionComparison;
  stale: boolean;
}

type Metric = "count" | "epm" | "p50" | "p75" | "p95" | "p99" | "failure_rate" | "apdex" | "user_misery" | "users";

const lines: readonly [
  metric: Metric,
  label: string,
  format: (value: number, higher: number) => string,
  better?: "lower" | "higher",
][] = [
  ["count", "Runs", exactNumber],
  ["epm", "Throughput", rate],
  ["p50", "p50", duration, "lower"],
  ["p75", "p75", duration, "lower"],
  ["p95", "p95", duration, "lower"],
  ["p99", "p99", duration, "lower"],
  ["failure_rate", "Failing", percent, "lower"],
  ["apdex", "Apdex", (value) => value.toFixed(2), "higher"],
  ["user_misery", "Misery", (value) => value.toFixed(3), "lower"],
  ["users", "Users", exactNumber],
];

export function ComparisonTable({ a, b, comparison, stale }: ComparisonTableProps) {
  const { totals: before } = comparison.a.summary;
  const { totals: after } = comparison.b.summary;
  if (!before || !after) {
    const still = [!before && a, !after && b].filter(Boolean).join(" and ");
    return <p className={rows.dim}>It did not run in {still}.</p>;
  }
  return (
    <div className={rows.scroll} data-stale={stale}>
      <table className={rows.table}>
        <thead>
          <tr>
            <th>
              <span className="unseen">Measure</span>
            </th>
            <SideHead name={a} side={comparison.a} />
            <SideHead name={b} side={comparison.b} />
            <th className={rows.number}>Change</th>
          </tr>
        </thead>
        <tbody>
          {lines.map(([metric, label, format, better]) => {
            const [one, other] = [before[metric], after[metric]];
            const higher = Math.max(one, other);
            return (
              <tr key={metric}>
                <td className={rows.dim}>{label}</td>
                <td className={rows.number}>{format(one, higher)}</td>
                <td className={rows.number}>{format(other, higher)}</td>
                <td className={rows.number}>
                  {better && <Change ratio={ratioOf(one, other)} better={better} what={`${label} against ${a}`} />}
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

function SideHead({ name, side: { release, start, end } }: { name: string; side: TransactionComparison["a"] }) {
  const time = `${moment(new Date(start * 1000))} to ${moment(new Date(end * 1000))}`;
  return (
    <th className={`${rows.number} ${styles.side}`} title={release ? `${release}, ${time}` : time}>
      {name}
    </th>
  );
}

/** Nothing out of nothing is no change. */
const ratioOf = (before: number, after: number): number => (before === after ? 1 : after / before);
