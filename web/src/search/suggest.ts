import { term, tokenAt } from "./searchTokens";

/** A key one can search by: what it means, and its values when there are few. */
export interface SearchKey {
  key: string;
  hint: string;
  values?: readonly [value: string, hint: string][];
}

export interface Suggestion {
  /** What goes into the search when it is chosen. */
  insert: string;
  hint: string;
}

/** What is asked for at the caret: a key, or the values of a key that the server must be asked for. */
export type Asked =
  | { kind: "key"; typed: string; negated: boolean }
  | { kind: "value"; key: string; typed: string; negated: boolean };

export function askedAt(query: string, caret: number): Asked {
  const token = tokenAt(query, caret);
  if (token?.key !== undefined) {
    return { kind: "value", key: token.key, typed: (token.value ?? "").replaceAll('"', ""), negated: token.negated };
  }
  return { kind: "key", typed: token?.text.replace(/^!/, "") ?? "", negated: token?.negated ?? false };
}

const most = 12;

/** Fixed keys and values first; the project's own tags and the values the server found after them. */
export function suggest(
  asked: Asked,
  keys: readonly SearchKey[],
  tagKeys: readonly string[],
  tagValues: readonly string[],
): Suggestion[] {
  const bang = asked.negated ? "!" : "";
  const typed = asked.typed.toLowerCase();
  if (asked.kind === "key") {
    const fixed = keys.map(({ key, hint }) => ({ insert: `${bang}${key}:`, hint, key }));
    const own = tagKeys
      .filter((key) => !keys.some((known) => known.key === key))
      .map((key) => ({ insert: `${bang}${key}:`, hint: "tag", key }));
    return [...fixed, ...own]
      .filter(({ key }) => key.toLowerCase().includes(typed))
      .sort((a, b) => Number(b.key.toLowerCase().startsWith(typed)) - Number(a.key.toLowerCase().startsWith(typed)))
      .slice(0, most)
      .map(({ insert, hint }) => ({ insert, hint }));
  }
  const fixed = keys.find(({ key }) => key === asked.key)?.values ?? [];
  const found = asked.key === "has" ? tagKeys : tagValues;
  const values: [string, string][] = [...fixed, ...found.map((value): [string, string] => [value, ""])];
  return values
    .filter(([value]) => value.toLowerCase().includes(typed))
    .slice(0, most)
    .map(([value, hint]) => ({ insert: term(asked.key, value, asked.negated), hint }));
}
