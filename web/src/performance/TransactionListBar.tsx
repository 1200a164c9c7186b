import { Menu, SegmentedControl } from "@mantine/core";
import { IconCheck, IconChevronDown } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { fieldValuesQuery } from "../explore/exploreQueries";
import { type TransactionListSearch, type TransactionSort, views } from "./performanceSearch";
import styles from "./TransactionListBar.module.css";

interface TransactionListBarProps {
  org: string;
  search: TransactionListSearch;
  change: (part: Partial<TransactionListSearch>) => void;
}

/** The question on the left, the kind of transaction on the right. */
export function TransactionListBar({ org, search, change }: TransactionListBarProps) {
  const sort = search.sort ?? "time_lost";
  const found = useQuery(fieldValuesQuery(org, search, "spans", "span.op", "is_transaction:true")).data ?? [];
  const ops = search.op && !found.includes(search.op) ? [search.op, ...found] : found;
  return (
    <div className={styles.bar}>
      <div className={styles.sorts}>
        <SegmentedControl
          aria-label="Order of the transactions"
          data={views.map(([value, label, explain]) => ({ value, label: <span title={explain}>{label}</span> }))}
          value={views.some(([value]) => value === sort) ? sort : ""}
          onChange={(value) => change({ sort: value === "time_lost" ? undefined : (value as TransactionSort) })}
        />
      </div>
      <Menu width={220}>
        <Menu.Target>
          <button type="button" className={styles.op} aria-label={`Kind: ${search.op ?? "all"}`}>
            <span>{search.op ?? "All kinds"}</span>
            <IconChevronDown size={13} />
          </button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Label>Kind of transaction</Menu.Label>
          <Menu.Item
            rightSection={search.op ? undefined : <IconCheck size={14} />}
            onClick={() => change({ op: undefined })}
          >
            All kinds
          </Menu.Item>
          {ops.map((op) => (
            <Menu.Item
              key={op}
              rightSection={op === search.op ? <IconCheck size={14} /> : undefined}
              onClick={() => change({ op })}
            >
              {op}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
    </div>
  );
}
