import { useInfiniteQuery } from "@tanstack/react-query";
import { CopyButton } from "../design/Copy";
import { toCsv } from "../design/csv";
import { MoreButton } from "../design/list/MoreButton";
import { PartialNotice } from "../design/PartialNotice";
import { SampledMark } from "../design/SampledMark";
import { Bones, Failure } from "../design/States";
import { Counted } from "./Counted";
import { isNumeric } from "./cells";
import styles from "./ExplorePage.module.css";
import { eventTableQuery } from "./exploreQueries";
import { type ExploreSearch, type Question, sampleFields } from "./exploreSearch";
import table from "./Grid.module.css";
import { plain } from "./GroupTable";
import { NothingFound } from "./NothingFound";
import { PickChip } from "./PickChip";
import { fieldOptions, isField } from "./QuestionForm";
import { SampleCell } from "./SampleCell";
import { SortHead } from "./SortHead";
import { Tips } from "./Tips";

interface SampleViewProps {
  org: string;
  search: ExploreSearch;
  question: Question;
  tags: readonly string[];
  change: (part: Partial<ExploreSearch>) => void;
}

/** What a row needs so that one can go on from it, whether its column is shown or not. */
const links = { spans: ["id", "trace"], errors: ["id", "issue.id"] } as const;

/** The rows themselves, newest first unless a column says otherwise. */
export function SampleView({ org, search, question, tags, change }: SampleViewProps) {
  const { dataset, query } = question;
  const columns = sampleFields(search);
  const sort = search.sort && columns.includes(search.sort.replace(/^-/, "")) ? search.sort : "-timestamp";
  const list = useInfiniteQuery(
    eventTableQuery(org, search, {
      dataset,
      query,
      field: [...new Set([...columns, ...links[dataset]])],
      sort,
      per_page: 50,
    }),
  );
  const pages = list.data?.pages ?? [];
  const rows = pages.flatMap((page) => page.body.data);
  const meta = pages[0]?.body.meta;
  const withColumns = (field: string[]) => change({ field });
  const csv = () =>
    toCsv(
      columns,
      rows.map((row) => columns.map((column) => plain(row[column]))),
    );

  if (list.isError && !list.data) {
    return <Failure what="The rows could not be read" error={list.error} retry={() => void list.refetch()} />;
  }
  return (
    <div className={styles.content} data-stale={list.isPlaceholderData}>
      <PartialNotice partial={meta?.tocsin.partial} />
      <Tips tips={meta?.tips} />
      <div className={styles.columns}>
        <span className={styles.note}>Columns</span>
        {columns.map((column) => (
          <PickChip
            key={column}
            value={column}
            name="column"
            options={fieldOptions(dataset, tags)}
            accepts={isField}
            pick={(next) => withColumns(columns.map((one) => (one === column ? next : one)))}
            remove={columns.length > 1 ? () => withColumns(columns.filter((one) => one !== column)) : undefined}
          />
        ))}
        <PickChip
          name="column"
          options={fieldOptions(dataset, tags).filter(({ value }) => !columns.includes(value))}
          accepts={isField}
          pick={(next) => withColumns([...columns, next])}
        />
        {meta?.tocsin.sampled && <SampledMark kept />}
        <span className={styles.gap} />
        <CopyButton what="CSV" text={csv} />
      </div>
      {rows.length > 0 && <Counted org={org} search={search} question={question} waits={list.isPending} />}
      {list.isPending && <Bones rows={12} />}
      {meta && rows.length === 0 && !meta.tocsin.partial && (
        <NothingFound org={org} search={search} question={question} />
      )}
      {meta && rows.length > 0 && (
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
                    sortBy={(next) => change({ sort: next })}
                  />
                ))}
              </tr>
            </thead>
            <tbody>
              {rows.map((row, index) => (
                <tr key={`${String(row.id)} ${index}`}>
                  {columns.map((column) => (
                    <td key={column} data-numeric={isNumeric(meta.fields[column])}>
                      <SampleCell org={org} row={row} column={column} dataset={dataset} meta={meta} query={query} />
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      <MoreButton list={list}>More rows</MoreButton>
    </div>
  );
}
