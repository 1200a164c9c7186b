import { IconChartBar, IconTable } from "@tabler/icons-react";
import { CopyButton } from "../design/Copy";
import { toCsv } from "../design/csv";
import type { HistogramBucket } from "../design/histogram";
import { IconButton } from "../design/IconButton";

interface HistogramFormsProps {
  label: string;
  buckets: readonly HistogramBucket[];
  /** Behind the numbers of the CSV's head: ` ms`, or nothing. */
  unit: string;
  table: boolean;
  show: (table: boolean) => void;
}

/** Turns a histogram into a table and back; the table can be taken along as CSV. */
export function HistogramForms({ label, buckets, unit, table, show }: HistogramFormsProps) {
  const csv = () =>
    toCsv(
      [`from${unit}`, `to${unit}`, "count"],
      buckets.map(({ from, to, count }) => [from, to, count]),
    );
  return (
    <>
      {table && <CopyButton what="CSV" text={csv} />}
      <IconButton
        size={24}
        aria-label={table ? `${label}: show the bars` : `${label}: show as a table`}
        onClick={() => show(!table)}
      >
        {table ? <IconChartBar size={15} /> : <IconTable size={15} />}
      </IconButton>
    </>
  );
}
