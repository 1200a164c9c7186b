import {
  IconArrowsMaximize,
  IconChevronDown,
  IconChevronUp,
  IconSearch,
  IconTable,
  IconTimeline,
} from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import type { Ref } from "react";
import { CopyButton } from "../design/Copy";
import { IconButton } from "../design/IconButton";
import type { CriticalPath } from "./layout/criticalPath";
import type { SpanTree } from "./layout/spanTree";
import { spanCsv } from "./spanCsv";
import styles from "./TraceBar.module.css";
import type { TraceRows } from "./useTraceRows";
import type { TraceFinder } from "./useTraceSearch";

interface TraceBarProps {
  finder: TraceFinder;
  searchBox: Ref<HTMLInputElement>;
  toggles: { path: boolean; setPath: (on: boolean) => void; usual: boolean; setUsual: (on: boolean) => void };
  rows: TraceRows;
  /** Shows the whole trace again; absent when it is shown. */
  zoom: (() => void) | undefined;
  table: boolean;
  tree: SpanTree;
  critical: CriticalPath | undefined;
}

/** Searching in the trace, what is drawn, and the two views. */
export function TraceBar({ finder, searchBox, toggles, rows, zoom, table, tree, critical }: TraceBarProps) {
  return (
    <div className={styles.bar}>
      <search className={styles.search}>
        <IconSearch size={14} className={styles.icon} />
        <input
          ref={searchBox}
          type="text"
          aria-label="Search in this trace"
          placeholder="Search spans: words, op:db, is:error, >100ms"
          autoComplete="off"
          spellCheck={false}
          value={finder.text}
          onChange={(event) => finder.setText(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key === "Enter") {
              event.preventDefault();
              finder.step(event.shiftKey ? -1 : 1);
            } else if (event.key === "Escape") {
              finder.setText("");
              event.currentTarget.blur();
            }
          }}
        />
        {finder.found && (
          <>
            <output className={styles.count}>{finder.count === 0 ? "none" : `${finder.at} of ${finder.count}`}</output>
            <IconButton
              size={22}
              aria-label="Previous match"
              disabled={finder.count === 0}
              onClick={() => finder.step(-1)}
            >
              <IconChevronUp size={15} />
            </IconButton>
            <IconButton size={22} aria-label="Next match" disabled={finder.count === 0} onClick={() => finder.step(1)}>
              <IconChevronDown size={15} />
            </IconButton>
          </>
        )}
      </search>
      <div className={styles.choices}>
        {!table && (
          <>
            <Toggle label="Critical path" on={toggles.path} set={toggles.setPath} />
            <Toggle label="Usual times" on={toggles.usual} set={toggles.setUsual} />
          </>
        )}
        <button type="button" className={styles.toggle} onClick={rows.allOpen ? rows.closeAll : rows.openAll}>
          {rows.allOpen ? "Fold to services" : "Unfold all"}
        </button>
        {zoom && (
          <button type="button" className={styles.toggle} onClick={zoom} title="Whole trace (0)">
            <IconArrowsMaximize size={13} /> Whole trace
          </button>
        )}
        {table && <CopyButton what="CSV" text={() => spanCsv(tree, critical)} />}
        <Link
          to="."
          search={(old) => ({ ...old, view: table ? undefined : ("table" as const) })}
          className={styles.view}
          aria-label={table ? "Show the waterfall" : "Show as a table"}
          title={table ? "Show the waterfall" : "Show as a table"}
        >
          {table ? <IconTimeline size={16} /> : <IconTable size={16} />}
        </Link>
      </div>
    </div>
  );
}

function Toggle({ label, on, set }: { label: string; on: boolean; set: (on: boolean) => void }) {
  return (
    <button type="button" className={styles.toggle} aria-pressed={on} onClick={() => set(!on)}>
      {label}
    </button>
  );
}
