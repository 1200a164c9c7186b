import { IconChevronDown } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { DropMenu, MenuItem, MenuLabel } from "../design/dropdown/DropMenu";
import { Segments } from "../design/Segments";
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
        <Segments
          aria-label="Order of the transactions"
          data={views.map(([value, label, explain]) => ({ value, label: <span title={explain}>{label}</span> }))}
          value={views.some(([value]) => value === sort) ? sort : ""}
          onChange={(value) => change({ sort: value === "time_lost" ? undefined : (value as TransactionSort) })}
        />
      </div>
      <DropMenu
        className={styles.op}
        label={`Kind: ${search.op ?? "all"}`}
        width={220}
        face={
          <>
            <span>{search.op ?? "All kinds"}</span>
            <IconChevronDown size={13} />
          </>
        }
      >
        <MenuLabel>Kind of transaction</MenuLabel>
        <MenuItem chosen={!search.op} onClick={() => change({ op: undefined })}>
          All kinds
        </MenuItem>
        {ops.map((op) => (
          <MenuItem key={op} chosen={op === search.op} onClick={() => change({ op })}>
            {op}
          </MenuItem>
        ))}
      </DropMenu>
    </div>
  );
}
