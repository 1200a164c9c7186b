/** A quoted text, at the places where the server begins one. */
const quoted = /(?<=^|[\s:!([,<>=])"(?:\\.|[^"\\])*"/gs;
/** Brackets of a function or within a value; before a colon there may be spaces in them. */
const attached = /(?<=[^\s(])\((?:[^\s()]*\)|[^()]*\)(?=:))/g;
const list = /(?<=:)\[\s*[^\s,\]]+(?:\s*,\s*[^\s,\]]+)*\s*\](?=[\s)]|$)/g;
const group = /(?<=^|[\s(])\([^()]*\)/g;
/** A condition on groups of rows, such as `count():>10`. */
const aggregate = /(?<=^|[\s(!])[\w.-]+\([^()]*\):/;

const blot = (text: string, what: RegExp): string => text.replaceAll(what, (found) => '"'.repeat(found.length));

/** The search, letter for letter, with what stands in quotes and brackets blotted out. */
function outline(query: string): string {
  let text = blot(query, quoted);
  for (let before = ""; text !== before; ) {
    before = text;
    text = blot(blot(blot(text, attached), list), group);
  }
  return text;
}

/** Whether it is enough to fit one part of the search: the server reads OR in any case. */
export const hasAlternatives = (query: string): boolean => /(?<=^|[\s")])or(?=[\s("]|$)/i.test(outline(query));

/** The terms and words of a search as they stand side by side; a bracket is one of them. */
export const partsOf = (query: string): string[] =>
  [...outline(query).matchAll(/\S+/g)].map(({ 0: { length }, index }) => query.slice(index, index + length));

/** The search without conditions on aggregates: groups of rows meet them, a row by itself cannot. */
export function withoutAggregates(query: string): string {
  if (!isOfGroups(query)) {
    return query;
  }
  if (hasAlternatives(query)) {
    // The server lets no condition on rows be an alternative to one on groups, so all of these are on groups.
    return "";
  }
  const kept: string[] = [];
  let apart = false;
  for (const part of partsOf(query)) {
    if (isOfGroups(part) || /^and$/i.test(part)) {
      apart = true;
    } else {
      // Free words that come to stand side by side would be looked for as one text.
      kept.push(apart && kept.length > 0 ? `AND ${part}` : part);
      apart = false;
    }
  }
  return kept.join(" ");
}

const isOfGroups = (text: string): boolean => aggregate.test(blot(text, quoted));
