import { columnName } from "./columns";

interface SortHeadProps {
  column: string;
  numeric: boolean;
  /** The column the lines are ordered by, with a dash for the largest first. */
  sort: string | undefined;
  sortBy: (sort: string) => void;
}

/** The head of a column: a click orders by it, another turns the order around. */
export function SortHead({ column, numeric, sort, sortBy }: SortHeadProps) {
  const current = sort?.replace(/^-/, "") === column;
  const falling = current && sort?.startsWith("-");
  return (
    <th scope="col" data-numeric={numeric} aria-sort={current ? (falling ? "descending" : "ascending") : undefined}>
      <button type="button" onClick={() => sortBy(falling || (!current && !numeric) ? column : `-${column}`)}>
        {columnName(column)}
      </button>
    </th>
  );
}
