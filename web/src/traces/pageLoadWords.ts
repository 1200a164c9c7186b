import type { PageLoad } from "../api/traceShapes";

type Agent = Pick<PageLoad, "browser" | "browser_version" | "os">;

/** "Firefox 128.0 on Linux", as far as it is known; nothing without a browser. */
export function browserWords({ browser, browser_version, os }: Agent): string {
  if (!browser) {
    return "";
  }
  return [[browser, browser_version].filter(Boolean).join(" "), os].filter(Boolean).join(" on ");
}

/** What is known of a page load, each with the name of what it is. */
export function pageLoadFacts(load: PageLoad | null): [name: string, words: string][] {
  if (load === null) {
    return [];
  }
  const facts: [string, string | null][] = [
    load.browser ? ["Browser", browserWords(load)] : ["System", load.os],
    ["Device", load.device],
    ["Connection", load.connection],
    ["Country", load.country],
    ["User", load.user],
  ];
  return facts.flatMap(([name, words]) => (words ? [[name, words]] : []));
}
