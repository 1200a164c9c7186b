import { describe, expect, it } from "vitest";
import { searchKeys } from "../issues/searchKeys";
import { withoutAggregates } from "./searchParts";
import { allOf, complete, noneOf, term, tokenAt, tokensOf, withTerm } from "./searchTokens";
import { askedAt, suggest } from "./suggest";

describe("the words of a search", () => {
  it("keeps a quoted value together, also an unfinished one", () => {
    expect(tokensOf('is:unresolved release:"my app" "open end').map((token) => token.text)).toEqual([
      "is:unresolved",
      'release:"my app"',
      '"open end',
    ]);
  });

  it("knows the word the caret stands in", () => {
    expect(tokenAt("is:unresolved lev", 17)).toMatchObject({ text: "lev", key: undefined });
    expect(tokenAt("is:unresolved level:er x", 22)).toMatchObject({ key: "level", value: "er" });
    expect(tokenAt("is:unresolved ", 14)).toBeUndefined();
  });

  it("quotes values with spaces", () => {
    expect(term("release", "my app")).toBe('release:"my app"');
    expect(term("level", "error", true)).toBe("!level:error");
  });

  it("writes values that would mean something else so that they mean themselves", () => {
    expect(term("transaction", "GET /*")).toBe('transaction:"GET /\\*"');
    expect(term("transaction", ">5")).toBe('transaction:">5"');
    expect(term("span.description", "f(x)")).toBe('span.description:"f(x)"');
  });

  it("keeps values of a list apart", () => {
    expect(noneOf("release", ["1.0", "a, b", "[x]"])).toBe('!release:[1.0, "a, b", "[x]"]');
  });

  it("joins searches so that each still means what it did", () => {
    expect(allOf("is_transaction:true", undefined, " ", "a OR b")).toBe("is_transaction:true (a OR b)");
    expect(allOf("", "a OR b", false)).toBe("a OR b");
    expect(allOf()).toBe("");
  });

  it("brackets alternatives in any case, once, and nothing that only looks like some", () => {
    expect(allOf("is_transaction:true", "transaction:/a or transaction:/b")).toBe(
      "is_transaction:true (transaction:/a or transaction:/b)",
    );
    for (const one of ["a Or(b c)", "(a)or (b)", 'say:"a" oR b', "(a or b) OR c", 'a"b or c"']) {
      expect(allOf(one, "x")).toBe(`(${one}) x`);
    }
    for (const one of [
      "(a or b)",
      "((a or b) c) d",
      'message:"one or two"',
      String.raw`"say \"this or\" that"`,
      "key:[a, or, b]",
      "count_if(title, equals, one or two):>5",
      "transaction:/a-or-b",
      "order",
      "for (a or f(x))",
    ]) {
      expect(allOf(one, "x")).toBe(`${one} x`);
    }
  });

  it("replaces a term instead of repeating or contradicting it", () => {
    expect(withTerm("is:unresolved !browser:Firefox", "browser", "Firefox")).toBe("is:unresolved browser:Firefox");
    expect(withTerm("!browser:Firefox AND words", "browser", "Firefox")).toBe("browser:Firefox AND words");
    expect(withTerm('os.name:"Windows 11"', "os.name", "Windows 11")).toBe('os.name:"Windows 11"');
  });

  it("narrows every alternative by a term, and leaves those within brackets as they are", () => {
    expect(withTerm("span.op:db or span.op:http", "release", "1.0")).toBe("(span.op:db or span.op:http) release:1.0");
    expect(withTerm("release:1.0 OR span.op:db", "release", "1.0")).toBe("(release:1.0 OR span.op:db) release:1.0");
    expect(withTerm("(a or release:1.0 or b)", "release", "1.0")).toBe("(a or release:1.0 or b) release:1.0");
  });
});

describe("conditions on aggregates", () => {
  it.each([
    ["count():>10", ""],
    ["span.op:db !p95(span.duration):>1s", "span.op:db"],
    ["count_if(span.status, equals, not ok):>5 AND span.op:db", "span.op:db"],
    ["a AND count():[1, 2] AND b", "a AND b"],
    ["a count():>10 b", "a AND b"],
    ["(count():>10 or epm():>1) (a or b)", "(a or b)"],
    ["count():>10 OR epm():>1", ""],
  ])("%s leaves %j for rows", (query, left) => {
    expect(withoutAggregates(query)).toBe(left);
  });

  it.each(["a or b", 'message:"count():>10"', "transaction:f(x):y", "f(x) and b"])("%s has none", (query) => {
    expect(withoutAggregates(query)).toBe(query);
  });
});

describe("completing", () => {
  it("replaces the word and leaves the caret where one goes on typing", () => {
    expect(complete("is:unresolved lev", 17, "level:")).toEqual({ query: "is:unresolved level:", caret: 20 });
    expect(complete("is:unresolved level:e", 21, "level:error")).toEqual({
      query: "is:unresolved level:error ",
      caret: 26,
    });
  });

  it("does not glue the replaced word to the next one", () => {
    expect(complete("le is:unresolved", 2, "level:").query).toBe("level: is:unresolved");
    expect(complete("level:e is:unresolved", 7, "level:error").query).toBe("level:error is:unresolved");
  });
});

describe("suggestions", () => {
  it("offers keys that begin as typed before keys that contain it", () => {
    const inserts = suggest(askedAt("er", 2), searchKeys, ["server_name", "erlang"], []).map((one) => one.insert);
    expect(inserts.slice(0, 2)).toEqual(["error.type:", "error.value:"]);
    expect(inserts.indexOf("erlang:")).toBeLessThan(inserts.indexOf("user.id:"));
    expect(inserts).toContain("server_name:");
  });

  it("offers the fixed values of a key and keeps a negation", () => {
    expect(suggest(askedAt("!is:res", 7), searchKeys, [], []).map((one) => one.insert)).toContain("!is:resolved");
  });

  it("offers the values the server found for a tag, and tag keys for has", () => {
    expect(suggest(askedAt("region:", 7), searchKeys, [], ["eu west"])).toEqual([
      { insert: 'region:"eu west"', hint: "" },
    ]);
    expect(suggest(askedAt("has:re", 6), searchKeys, ["region"], []).map((one) => one.insert)).toEqual(["has:region"]);
  });
});
