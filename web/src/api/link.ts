/** Cursors out of a `Link` header; a side without results has none. */
export interface Cursors {
  next: string | undefined;
  previous: string | undefined;
}

export function cursorsOf(header: string | null): Cursors {
  const cursors: Cursors = { next: undefined, previous: undefined };
  for (const part of header?.split(/,\s*(?=<)/) ?? []) {
    const attribute = (name: string) => new RegExp(`;\\s*${name}="([^"]*)"`).exec(part)?.[1];
    const rel = attribute("rel");
    if (attribute("results") === "true" && (rel === "next" || rel === "previous")) {
      cursors[rel] = attribute("cursor");
    }
  }
  return cursors;
}
