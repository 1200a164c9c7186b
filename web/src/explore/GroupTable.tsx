import { Link } from "@tanstack/react-router";
import type { EventRow, EventTable } from "../api/exploreShapes";
import { CopyButton } from "../design/Copy";
import { toCsv } from "../design/csv";
import { plural } from "../design/format";
import { SampledMark } from "../design/SampledMark";
import { cellText, isNumeric, rowsBehind } from "./cells";
import { columnName } from "./columns";
import styles from "./ExplorePage.module.css";
import type { Question } from "./exploreSearch";
import table from "./Grid.module.css";
import { SortHead } from "./SortHead";

interface GroupTableProps {
  rows: readonly EventRow[];
  meta: EventTable["meta"];
  question: Question;
  ask: (part: Partial<Question>) => void;
  /** Whether there are no more of them. */
  whole: boolean;
}

/** One line per group. Every value leads to the rows it was counted from. */
export function GroupTable({ rows, meta, question, ask, whole }: GroupTableProps) {
  const { by, show, sort, query } = question;
  const columns = [...by, ...show];
  const csv = () =>
    toCsv(
      columns.map(columnName),
      rows.map((row) => columns.map((column) => plain(row[column]))),
    );
  return (
    <section aria-label="Groups">
      <div className={styles.head}>
        <span className={styles.note}>
          {!whole && "the first "}
          {plural(rows.length, "line")}
        </span>
        {meta.tocsin.sampled && <SampledMark />}
        <span className={styles.gap} />
        <CopyButton what="CSV" text={csv} />
      </div>
      <div className={table.scroll}>
        <table className={table.table}>
          <thead>
            <tr>
              {columns.map((column) => (
                <SortHead
                  key={column}
                  column={column}
                  numeric={isNumeric(meta.fields[column])}
                  sort={sort}
                  sortBy={(next) => ask({ sort: next })}
                />
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row, index) => (
              <tr key={index}>
                {columns.map((column) => (
                  <td key={column} data-numeric={isNumeric(meta.fields[column])}>
                    <Link
                      to="."
                      className={table.value}
                      data-none={row[column] === null || row[column] === ""}
                      search={(old) => ({
                        ...old,
                        mode: "samples" as const,
                        query: rowsBehind(query, by, row) || undefined,
                      })}
                      title="Show the rows behind it"
                    >
                      {cellText(row[column], column, meta)}
                    </Link>
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

/** A value as it is, for other programs. */
export function plain(value: EventRow[string] | undefined): string | number {
  return typeof value === "number" ? value : Array.isArray(value) ? value.join(", ") : String(value ?? "");
}
