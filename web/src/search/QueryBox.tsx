import { IconSearch, IconX } from "@tabler/icons-react";
import { type QueryKey, type UseQueryOptions, useQuery } from "@tanstack/react-query";
import { type KeyboardEvent, type Ref, useEffect, useId, useImperativeHandle, useRef, useState } from "react";
import styles from "./QueryBox.module.css";
import { complete } from "./searchTokens";
import { askedAt, type SearchKey, suggest } from "./suggest";

export interface QueryBoxHandle {
  focus: () => void;
}

export type WordsQuery = UseQueryOptions<string[], Error, string[], QueryKey>;

/** What one can search by: fixed keys, and those the server knows with their values. */
export interface Vocabulary {
  keys: readonly SearchKey[];
  ownKeys: WordsQuery;
  valuesOf: (key: string) => WordsQuery;
}

interface QueryBoxProps {
  ref?: Ref<QueryBoxHandle>;
  label: string;
  placeholder: string;
  vocabulary: Vocabulary;
  /** What the URL says. */
  query: string;
  search: (query: string) => void;
}

/** One line of text; keys and values are suggested at the caret, Enter searches. */
export function QueryBox({ ref, label, placeholder, vocabulary, query, search }: QueryBoxProps) {
  const [text, setText] = useState(query);
  const [caret, setCaret] = useState(0);
  const [open, setOpen] = useState(false);
  const [at, setAt] = useState(-1);
  const input = useRef<HTMLInputElement>(null);
  const id = useId();

  useEffect(() => setText(query), [query]);
  useImperativeHandle(ref, () => ({ focus: () => input.current?.select() }));

  const asked = askedAt(text, caret);
  const ownKeys = useQuery({ ...vocabulary.ownKeys, enabled: open }).data ?? [];
  const values = useQuery({
    ...vocabulary.valuesOf(asked.kind === "value" ? asked.key : ""),
    enabled: open && asked.kind === "value",
  });
  const suggestions = open ? suggest(asked, vocabulary.keys, ownKeys, values.data ?? []) : [];

  const submit = (wanted: string) => {
    setOpen(false);
    input.current?.blur();
    search(wanted.trim());
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
        aria-label={label}
        role="combobox"
        aria-expanded={suggestions.length > 0}
        aria-controls={id}
        aria-activedescendant={at >= 0 ? `${id}-${at}` : undefined}
        placeholder={placeholder}
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
