type Search = Record<string, unknown>;

/** `?project=1&project=2` as `{ project: ["1", "2"] }`: plain text that a person can read and write, no JSON. */
export function parseSearch(text: string): Search {
  const search: Search = {};
  for (const [key, value] of new URLSearchParams(text)) {
    const known = search[key];
    search[key] = known === undefined ? value : Array.isArray(known) ? [...known, value] : [known, value];
  }
  return search;
}

export function stringifySearch(search: Search): string {
  const parts = new URLSearchParams();
  for (const [key, value] of Object.entries(search)) {
    for (const one of Array.isArray(value) ? value : [value]) {
      if (one !== undefined && one !== null) {
        parts.append(key, String(one));
      }
    }
  }
  // A colon needs no escaping in a query, and `is:unresolved` is what people read there.
  const text = parts.toString().replaceAll("%3A", ":");
  return text ? `?${text}` : "";
}
