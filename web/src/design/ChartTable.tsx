import styles from "./ChartPanel.module.css";
import { chartRows } from "./chartRows";
import { toCsv } from "./csv";
import { moment } from "./format";
import type { SeriesChartOptions } from "./SeriesChart";
import { markText, type TimeSeries } from "./timeSeries";

/** The values of a chart in rows, newest first, with the releases between them. */
export function ChartTable({ series, format, marks }: Pick<SeriesChartOptions, "series" | "format" | "marks">) {
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
          {chartRows(series, marks)
            .toReversed()
            .map((row) => (
              <tr key={row.at}>
                <td>
                  <span className={styles.time}>{moment(new Date(row.at * 1000)).slice(0, 16)}</span>
                  {row.marks.map((mark, index) => (
                    <span key={index} className={styles.mark} data-worse={mark.worse !== undefined}>
                      {markText(mark)}
                    </span>
                  ))}
                </td>
                {row.values.map((value, column) => (
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
  return toCsv(
    ["time", ...series.map((one) => one.name)],
    chartRows(series).map(({ at, values }) => [
      new Date(at * 1000).toISOString(),
      ...values.map((value) => value ?? ""),
    ]),
  );
}
