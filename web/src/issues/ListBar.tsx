import { IconChevronDown } from "@tabler/icons-react";
import { DropMenu, MenuItem, MenuLabel } from "../design/dropdown/DropMenu";
import { exactNumber } from "../design/format";
import { Segments } from "../design/Segments";
import styles from "./ListBar.module.css";
import { defaultQuery, type ListSearch, sorts, type Trend, viewOf, views } from "./listSearch";

interface ListBarProps {
  search: ListSearch;
  hits: number | undefined;
  change: (part: Partial<ListSearch>) => void;
}

/** The views on the left, how the list is ordered on the right. */
export function ListBar({ search, hits, change }: ListBarProps) {
  const view = viewOf(search.query ?? defaultQuery);
  const sort = search.sort ?? "date";
  return (
    <div className={styles.bar}>
      <div className={styles.views} role="tablist" aria-label="Views">
        {views.map(([query, label]) => (
          <button
            key={query}
            type="button"
            role="tab"
            aria-selected={view === query}
            className={styles.view}
            onClick={() => change({ query: query === defaultQuery ? undefined : query })}
          >
            {label}
            {view === query && hits !== undefined && <span className={styles.hits}>{exactNumber(hits)}</span>}
          </button>
        ))}
      </div>
      <Segments
        className={styles.trend}
        aria-label="Time of the small charts"
        data={["24h", "14d"]}
        value={search.trend ?? "24h"}
        onChange={(trend) => change({ trend: trend === "24h" ? undefined : (trend as Trend) })}
      />
      <DropMenu
        className={styles.sort}
        label={`Sort by: ${sorts.find(([value]) => value === sort)?.[1]}`}
        width={150}
        face={
          <>
            <span>{sorts.find(([value]) => value === sort)?.[1]}</span>
            <IconChevronDown size={13} />
          </>
        }
      >
        <MenuLabel>Sort by</MenuLabel>
        {sorts.map(([value, label]) => (
          <MenuItem
            key={value}
            chosen={value === sort}
            onClick={() => change({ sort: value === "date" ? undefined : value })}
          >
            {label}
          </MenuItem>
        ))}
      </DropMenu>
    </div>
  );
}
