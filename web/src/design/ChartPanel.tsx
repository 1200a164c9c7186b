import { IconChartBar, IconTable } from "@tabler/icons-react";
import { lazy, type ReactNode, Suspense, useState } from "react";
import styles from "./ChartPanel.module.css";
import { ChartTable, chartCsv } from "./ChartTable";
import { CopyButton } from "./Copy";
import { IconButton } from "./IconButton";
import type { SeriesChartOptions } from "./SeriesChart";
import { isEmpty } from "./timeSeries";

const SeriesChartView = lazy(() => import("./SeriesChartView").then((module) => ({ default: module.SeriesChartView })));

interface ChartPanelProps extends Omit<SeriesChartOptions, "series"> {
  title: string;
  /** Stands in the place of the title: which of several things is shown. */
  choice?: ReactNode;
  /** Beside the title: the total, a mark for sampled data, a choice. */
  note?: ReactNode;
  /** Absent until the answer is there. */
  series: SeriesChartOptions["series"] | undefined;
  failure?: { error: unknown; retry: () => void };
  tall?: boolean;
}

/** A chart with its name, the same values as a table, and as CSV. */
export function ChartPanel({ title, choice, note, series, failure, tall = false, ...options }: ChartPanelProps) {
  const [table, setTable] = useState(false);
  return (
    <section className={styles.panel} aria-label={title}>
      <header className={styles.head}>
        <h2 className={choice ? "unseen" : styles.title}>{title}</h2>
        {choice}
        {note}
        <span className={styles.gap} />
        {table && series && <CopyButton what="CSV" text={() => chartCsv(series)} />}
        <IconButton
          size={24}
          aria-label={table ? `${title}: show the chart` : `${title}: show as a table`}
          onClick={() => setTable(!table)}
        >
          {table ? <IconChartBar size={15} /> : <IconTable size={15} />}
        </IconButton>
      </header>
      <div className={styles.body} data-tall={tall} aria-busy={!series && !failure}>
        {!failure && !series && <div className={styles.bone} />}
        {failure && (
          <p className={styles.word} role="alert">
            {failure.error instanceof Error ? failure.error.message : "An unknown error."}{" "}
            <button type="button" className={styles.retry} onClick={failure.retry}>
              Try again
            </button>
          </p>
        )}
        {!failure && series && isEmpty(series) && <p className={styles.word}>Nothing in this time.</p>}
        {!failure && series && !isEmpty(series) && !table && (
          <Suspense>
            <SeriesChartView series={series} {...options} />
          </Suspense>
        )}
        {!failure && series && !isEmpty(series) && table && <ChartTable series={series} {...options} />}
      </div>
    </section>
  );
}
