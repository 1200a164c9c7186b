import { IconSearch, IconX } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { type KeyboardEvent, type Ref, useEffect, useId, useImperativeHandle, useRef, useState } from "react";
import { defaultQuery } from "./listSearch";
import styles from "./SearchBox.module.css";
import { complete } from "./searchTokens";
import { askedAt, suggest } from "./suggest";
import { tagKeysQuery, tagValuesQuery } from "./tagQueries";

export interface SearchHandle {
  focus: () => void;
}

interface SearchBoxProps {
  ref: Ref<SearchHandle>;
  org: string;
  /** What the URL says; undefined stands for the default query. */
  query: string | undefined;
  search: (query: string | undefined) => void;
}

/** One line of text; keys and values are suggested at the caret, Enter searches. */
export function SearchBox({ ref, org, query, search }: SearchBoxProps) {
  const given = query ?? defaultQuery;
  const [text, setText] = useState(given);
  const [caret, setCaret] = useState(0);
  const [open, setOpen] = useState(false);
  const [at, setAt] = useState(-1);
  const input = useRef<HTMLInputElement>(null);
  const id = useId();

  useEffect(() => setText(given), [given]);
  useImperativeHandle(ref, () => ({ focus: () => input.current?.select() }));

  const asked = askedAt(text, caret);
  const tagKeys = useQuery({ ...tagKeysQuery(org), enabled: open }).data ?? [];
  const tagValues = useQuery({
    ...tagValuesQuery(org, asked.kind === "value" ? asked.key : ""),
    enabled: open && asked.kind === "value",
  });
  const suggestions = open ? suggest(asked, tagKeys, tagValues.data ?? []) : [];

  const submit = (wanted: string) => {
    setOpen(false);
    input.current?.blur();
    search(wanted.trim() === defaultQuery ? undefined : wanted.trim());
  };
  const take = (insert: string) => {
    const next = complete(text, caret, insert);
    setText(next.query);
    setCaret(next.caret);
    setAt(-1);
    requestAnimationFrame(() => input.current?.setSelectionRange(next.caret, next.caret));
  };
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      setAt((old) => Math.max(-1, Math.min(suggestions.length - 1, old + (event.key === "ArrowDown" ? 1 : -1))));
    } else if (event.key === "Enter" || (event.key === "Tab" && at >= 0)) {
      event.preventDefault();
      const chosen = suggestions[at];
      if (chosen) {
        take(chosen.insert);
      } else {
        submit(text);
      }
    } else if (event.key === "Escape") {
      setOpen(false);
      input.current?.blur();
    }
  };

  return (
    <search className={styles.box}>
      <IconSearch size={15} className={styles.icon} />
      <input
        ref={input}
        className={styles.input}
        type="text"
        aria-label="Search issues"
        role="combobox"
        aria-expanded={suggestions.length > 0}
        aria-controls={id}
        aria-activedescendant={at >= 0 ? `${id}-${at}` : undefined}
        placeholder="Search: words, or a key such as level:error"
        autoComplete="off"
        spellCheck={false}
        value={text}
        onChange={(event) => {
          setText(event.currentTarget.value);
          setCaret(event.currentTarget.selectionStart ?? 0);
          setOpen(true);
          setAt(-1);
        }}
        onSelect={(event) => setCaret(event.currentTarget.selectionStart ?? 0)}
        onFocus={() => setOpen(true)}
        onBlur={() => setOpen(false)}
        onKeyDown={onKeyDown}
      />
      {text !== "" && (
        <button type="button" className={styles.clear} aria-label="Clear the search" onClick={() => submit("")}>
          <IconX size={14} />
        </button>
      )}
      {suggestions.length > 0 && (
        <div id={id} role="listbox" data-inert="true" aria-label="Suggestions" className={styles.list}>
          {suggestions.map((suggestion, index) => (
            <div
              key={suggestion.insert}
              id={`${id}-${index}`}
              role="option"
              tabIndex={-1}
              aria-selected={index === at}
              className={styles.option}
              // Before the field loses its focus.
              onMouseDown={(event) => {
                event.preventDefault();
                take(suggestion.insert);
              }}
            >
              <code>{suggestion.insert}</code>
              <span>{suggestion.hint}</span>
            </div>
          ))}
        </div>
      )}
    </search>
  );
}
