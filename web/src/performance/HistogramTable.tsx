import { duration, exactNumber } from "../design/format";
import type { HistogramBucket } from "../design/histogram";
import rows from "./Rows.module.css";

/** The bars in rows; those without a run are left out. */
export function HistogramTable({ buckets }: { buckets: readonly HistogramBucket[] }) {
  return (
    <div className={rows.low}>
      <table className={rows.table}>
        <thead>
          <tr>
            <th>Duration</th>
            <th className={rows.number}>Runs</th>
          </tr>
        </thead>
        <tbody>
          {buckets
            .filter(({ count }) => count > 0)
            .map(({ from, to, count }) => (
              <tr key={from}>
                <td>
                  {duration(from)} to {duration(to)}
                </td>
                <td className={rows.number}>{exactNumber(count)}</td>
              </tr>
            ))}
        </tbody>
      </table>
    </div>
  );
}
