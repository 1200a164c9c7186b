import { hasAlternatives, partsOf } from "./searchParts";

/** One word of a search, where it stands in the text. `value` is absent before a colon is typed. */
export interface Token {
  text: string;
  start: number;
  end: number;
  key: string | undefined;
  value: string | undefined;
  negated: boolean;
}

const word = /(?:[^\s"]|"[^"]*"?)+/g;

export function tokensOf(query: string): Token[] {
  return [...query.matchAll(word)].map((match) => {
    const [text] = match;
    const parts = /^(!?)([\w.-]+):(.*)$/s.exec(text);
    return {
      text,
      start: match.index,
      end: match.index + text.length,
      key: parts?.[2],
      value: parts?.[3],
      negated: parts ? parts[1] === "!" : text.startsWith("!"),
    };
  });
}

/** The word the caret stands in or right behind. */
export function tokenAt(query: string, caret: number): Token | undefined {
  return tokensOf(query).find((token) => token.start < caret && caret <= token.end);
}

/** Replaces the word at the caret, or inserts at the caret when there is none; tells where the caret goes. */
export function complete(query: string, caret: number, replacement: string): { query: string; caret: number } {
  const token = tokenAt(query, caret);
  const start = token?.start ?? caret;
  const end = token?.end ?? caret;
  const before = query.slice(0, start);
  const gap = before === "" || before.endsWith(" ") ? "" : " ";
  const tail = query.slice(end).trimStart();
  const open = replacement.endsWith(":");
  const middle = `${gap}${replacement}${open ? "" : " "}`;
  return { query: `${before}${middle}${open && tail ? ` ${tail}` : tail}`, caret: before.length + middle.length };
}

/** `key:value`, for exactly that value: quoted when it needs it, and a star in it stands for itself. */
export const term = (key: string, value: string, negated = false): string =>
  `${negated ? "!" : ""}${key}:${exactly(value)}`;

/** All but these values; what has none is among them. */
export const noneOf = (key: string, values: readonly string[]): string => `!${key}:[${values.map(exactly).join(", ")}]`;

function exactly(value: string): string {
  const exact = value.replaceAll(/["*]/g, "\\$&");
  return /[\s"()[\],]|^$|^[<>=!]/.test(value) ? `"${exact}"` : exact;
}

/** One search for what all of these find; those that are not there are left out. */
export function allOf(...searches: readonly (string | false | undefined)[]): string {
  const [first = "", ...others] = searches.flatMap((search) => (search ? search.trim() || [] : []));
  // Terms side by side bind closer than OR.
  return others.length === 0
    ? first
    : [first, ...others].map((one) => (hasAlternatives(one) ? `(${one})` : one)).join(" ");
}

/** Narrows a search by a term; the same term, or its opposite, is replaced. */
export function withTerm(query: string, key: string, value: string): string {
  const wanted = term(key, value);
  const parts = hasAlternatives(query) ? [] : partsOf(query).map((part) => (part === `!${wanted}` ? wanted : part));
  return parts.includes(wanted) ? parts.join(" ") : allOf(query, wanted);
}
