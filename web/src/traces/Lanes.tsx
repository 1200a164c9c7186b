import { exactNumber } from "../design/format";
import { term } from "../search/searchTokens";
import styles from "./Lanes.module.css";
import type { SpanTree } from "./layout/spanTree";

interface LanesProps {
  tree: SpanTree;
  colours: ReadonlyMap<string, string>;
  /** The words of the search; choosing a service searches for it, once more lets go. */
  chosen: string;
  choose: (query: string) => void;
}

/** The services of the trace in the order they come in, each with its colour and its number of spans. */
export function Lanes({ tree, colours, chosen, choose }: LanesProps) {
  return (
    <ul className={styles.lanes} aria-label="Services">
      {[...tree.lanes].map(([lane, count]) => {
        const words = term("service", lane);
        return (
          <li key={lane}>
            <button
              type="button"
              className={styles.lane}
              aria-pressed={chosen === words}
              title={`${lane}: ${exactNumber(count)} spans`}
              style={{ "--lane": colours.get(lane) }}
              onClick={() => choose(chosen === words ? "" : words)}
            >
              <span className={styles.name}>{lane}</span>
              <span className={styles.count}>{exactNumber(count)}</span>
            </button>
          </li>
        );
      })}
    </ul>
  );
}
