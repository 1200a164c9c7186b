import { readFileSync } from "node:fs";
import { runInNewContext } from "node:vm";
import { QueryClient } from "@tanstack/react-query";
import { afterEach, expect, it, vi } from "vitest";
import { issueListQuery } from "./issueQueries";
import { landingListOf } from "./landingList";

const script = readFileSync(new URL("../../public/early.js", import.meta.url), "utf8");

/** What the script asks for before the application runs. */
function askedEarly(pathname: string, search: string, cookie = "tocsin_csrf=abc"): string[] {
  const asked: string[] = [];
  runInNewContext(script, {
    location: { pathname, search },
    localStorage: { getItem: () => null },
    matchMedia: () => ({ matches: false }),
    document: {
      cookie,
      currentScript: { dataset: {} },
      documentElement: { dataset: {}, setAttribute: () => undefined },
      createElement: () => ({}),
      head: { append: (link: { href: string }) => asked.push(link.href) },
    },
  });
  return asked;
}

afterEach(() => vi.unstubAllGlobals());

it("asks early for the very list that the application asks for", async () => {
  const fetched: string[] = [];
  vi.stubGlobal("fetch", (url: string) => {
    fetched.push(url);
    return Promise.resolve(new Response("[]"));
  });
  const page = { pathname: "/organizations/acme/issues", search: "" };
  const list = landingListOf(page);
  await new QueryClient().fetchInfiniteQuery(issueListQuery(list?.org ?? "", list?.search ?? {}));
  expect(fetched).toHaveLength(1);
  expect(askedEarly(page.pathname, page.search)).toEqual(["/api/0/", ...fetched]);
});

it("leaves lists with words in their address, and those of strangers, to the application", () => {
  expect(askedEarly("/organizations/acme/issues", "?project=7")).toEqual(["/api/0/"]);
  expect(askedEarly("/organizations/acme/issues", "", "")).toEqual(["/api/0/"]);
  expect(askedEarly("/organizations/acme/traces", "")).toEqual(["/api/0/"]);
  expect(askedEarly("/login", "")).toEqual([]);
});
