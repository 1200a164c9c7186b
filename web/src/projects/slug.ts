/** The slug a name would get: lower-case words joined by hyphens. */
export function slugOf(name: string): string {
  return name
    .normalize("NFKD")
    .replace(/[\u0300-\u036f]/g, "")
    .toLowerCase()
    .replace(/[^a-z0-9_]+/g, "-")
    .replace(/^-+|-+$/g, "")
    .slice(0, 50);
}

/** What is wrong with a slug as it is typed; undefined when nothing is. */
export function slugFault(slug: string): string | undefined {
  if (!/^[a-z0-9_-]*$/.test(slug)) {
    return "Small letters, digits, hyphens and underscores only.";
  }
  return /^\d+$/.test(slug) ? "Not only digits: that would read as an id." : undefined;
}
