import { Menu, SegmentedControl } from "@mantine/core";
import { IconChevronDown } from "@tabler/icons-react";
import { exactNumber } from "../design/format";
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
      <SegmentedControl
        className={styles.trend}
        aria-label="Time of the small charts"
        data={["24h", "14d"]}
        value={search.trend ?? "24h"}
        onChange={(trend) => change({ trend: trend === "24h" ? undefined : (trend as Trend) })}
      />
      <Menu width={150}>
        <Menu.Target>
          <button type="button" className={styles.sort}>
            <span>{sorts.find(([value]) => value === sort)?.[1]}</span>
            <IconChevronDown size={13} />
          </button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Label>Sort by</Menu.Label>
          {sorts.map(([value, label]) => (
            <Menu.Item key={value} onClick={() => change({ sort: value === "date" ? undefined : value })}>
              {label}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
    </div>
  );
}
