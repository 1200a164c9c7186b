import { describe, expect, it } from "vitest";
import { searchSpans } from "./searching";
import { someTree } from "./someTrace";

const tree = someTree(
  ["page", null, 0, 1000, { op: "pageload", description: "/checkout", service: "storefront" }],
  ["call", "page", 10, 900, { op: "http.client", description: "GET https://api.example.com/cart" }],
  ["query", "call", 20, 320, { op: "db.sql.query", description: 'SELECT * FROM "cart"', failed: true }],
  ["lost", "not-here", 30, 31, { op: "function", description: "late" }],
);
const found = (query: string) => searchSpans(tree, query).map((node) => node.span.span_id);

describe("searching in a trace", () => {
  it("finds words in what was done, whatever their case", () => {
    expect(found("select cart")).toEqual(["query"]);
    expect(found("https://api")).toEqual(["call"]);
  });

  it("knows keys, states and times", () => {
    expect(found("op:http")).toEqual(["call"]);
    expect(found("service:storefront")).toEqual(["page"]);
    expect(found("is:error")).toEqual(["query"]);
    expect(found("is:orphan")).toEqual(["lost"]);
    expect(found(">0.5s")).toEqual(["page", "call"]);
    expect(found("<=5ms")).toEqual(["lost"]);
  });

  it("calls slow what took longer than 95 % of its kind", () => {
    const slow = searchSpans(tree, "is:slow", ({ op }) =>
      op === "function" ? undefined : { project: "shop", transaction: null, group: "1", count: 9, p50: 9, p95: 900 },
    );
    expect(slow.map((node) => node.span.span_id)).toEqual(["page"]);
    expect(found("is:slow")).toEqual([]);
  });

  it("wants every word, and none that is denied", () => {
    expect(found("op:db is:orphan")).toEqual([]);
    expect(found("!is:error >100ms")).toEqual(["page", "call"]);
  });

  it("finds nothing for no words", () => {
    expect(found("")).toEqual([]);
  });
});
