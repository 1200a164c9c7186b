import styles from "./ChartPanel.module.css";
import { toCsv } from "./csv";
import { moment } from "./format";
import type { SeriesChartOptions } from "./SeriesChart";
import { align, type TimeSeries, type TimeTable } from "./timeSeries";

/** The values of a chart in rows, newest first, with the releases between them. */
export function ChartTable({ series, format, marks }: Pick<SeriesChartOptions, "series" | "format" | "marks">) {
  const rows = rowsOf(align(series));
  return (
    <div className={styles.scroll}>
      <table className={styles.table}>
        <thead>
          <tr>
            <th>Time</th>
            {series.map((one) => (
              <th key={one.name}>{one.name}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.toReversed().map(({ at, values }, index, all) => (
            <tr key={at}>
              <td>
                <span className={styles.time}>{moment(new Date(at * 1000)).slice(0, 16)}</span>
                {marks
                  .filter((mark) => mark.at >= at && mark.at < (all[index - 1]?.at ?? Number.POSITIVE_INFINITY))
                  .map((mark) => (
                    <span key={`${mark.kind} ${mark.label}`} className={styles.mark}>
                      {mark.kind === "deploy" ? "deployed" : "release"} {mark.label}
                    </span>
                  ))}
              </td>
              {values.map((value, column) => (
                <td key={series[column]?.name}>{value === null ? "" : format(value)}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

export function chartCsv(series: readonly TimeSeries[]): string {
  const rows = rowsOf(align(series));
  return toCsv(
    ["time", ...series.map((one) => one.name)],
    rows.map(({ at, values }) => [new Date(at * 1000).toISOString(), ...values.map((value) => value ?? "")]),
  );
}

/** The moments at which anything was measured. */
function rowsOf({ times, columns }: TimeTable) {
  return times
    .map((at, row) => ({ at, values: columns.map((column) => column[row] ?? null) }))
    .filter(({ values }) => values.some((value) => value !== null));
}
