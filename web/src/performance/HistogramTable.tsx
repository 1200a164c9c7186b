import { exactNumber } from "../design/format";
import type { HistogramBucket } from "../design/histogram";
import rows from "./Rows.module.css";

interface HistogramTableProps {
  buckets: readonly HistogramBucket[];
  /** What the bars stand for, and of what there are so many in each. */
  measure: string;
  counted: string;
  format: (value: number) => string;
}

/** The bars in rows; those without a run are left out. */
export function HistogramTable({ buckets, measure, counted, format }: HistogramTableProps) {
  return (
    <div className={rows.low}>
      <table className={rows.table}>
        <thead>
          <tr>
            <th>{measure}</th>
            <th className={rows.number}>{counted}</th>
          </tr>
        </thead>
        <tbody>
          {buckets
            .filter(({ count }) => count > 0)
            .map(({ from, to, count }) => (
              <tr key={from}>
                <td>
                  {format(from)} to {format(to)}
                </td>
                <td className={rows.number}>{exactNumber(count)}</td>
              </tr>
            ))}
        </tbody>
      </table>
    </div>
  );
}
