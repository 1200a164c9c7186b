import { IconSearch, IconX } from "@tabler/icons-react";
import { type Ref, useEffect, useState } from "react";
import styles from "../issues/SearchBox.module.css";

interface TraceSearchBoxProps {
  ref: Ref<HTMLInputElement>;
  query: string;
  search: (query: string) => void;
}

/** Words, keys, or the id of a trace, which opens it. */
export function TraceSearchBox({ ref, query, search }: TraceSearchBoxProps) {
  const [text, setText] = useState(query);
  useEffect(() => setText(query), [query]);
  return (
    <search className={styles.box}>
      <IconSearch size={15} className={styles.icon} />
      <input
        ref={ref}
        className={styles.input}
        type="text"
        aria-label="Search traces"
        placeholder="Search: a trace id, or a key such as transaction:/checkout span.op:db span.duration:>300"
        autoComplete="off"
        spellCheck={false}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === "Enter") {
            event.currentTarget.blur();
            search(text.trim());
          } else if (event.key === "Escape") {
            event.currentTarget.blur();
          }
        }}
      />
      {text !== "" && (
        <button type="button" className={styles.clear} aria-label="Clear the search" onClick={() => search("")}>
          <IconX size={14} />
        </button>
      )}
    </search>
  );
}
