import { describe, expect, it } from "vitest";
import { columnName, columnOf } from "./columns";
import { questionOf, readExploreSearch, searchOf } from "./exploreSearch";
import { readText, textOf } from "./questionText";

describe("a question in the address", () => {
  it("is empty for the default question", () => {
    expect(searchOf(questionOf({}))).toEqual(readExploreSearch({}));
    expect(questionOf({})).toMatchObject({ dataset: "spans", show: ["count()"], sort: "-count()", top: 5 });
  });

  it("survives the way there and back", () => {
    const question = {
      dataset: "errors" as const,
      query: "level:error (a OR b)",
      show: ["count_unique(user)", "epm()"],
      by: ["release"],
      top: 3,
      sort: "release",
    };
    expect(questionOf(searchOf(question))).toEqual(question);
  });

  it("orders by the first function when the named one is gone", () => {
    expect(questionOf({ show: ["epm()"], sort: "-count()" }).sort).toBe("-epm()");
  });
});

describe("a question as one line", () => {
  it.each([
    "spans count()",
    "errors count(), count_unique(user) by release, level order level top 3 where level:error",
    'spans count_if(span.status, equals, ok) by span.op where transaction:"sort by top" top',
    "spans count(), failure_count() / count() * 100 by transaction order -failure_count() / count() * 100",
    'errors (count() - count_if(message, equals, "a) b")) / 2',
  ])("%s is read and written alike", (line) => {
    const read = readText(line);
    expect("question" in read && textOf(read.question)).toBe(line);
  });

  it.each(["count() /", "count() count()", "(count()", "span.duration * 2", "1 + 1", "count() + x"])(
    "%s is no arithmetic of functions",
    (text) => {
      expect(columnOf(text)).toBeUndefined();
    },
  );

  it("gives arithmetic the name that the API answers with", () => {
    const column = columnOf(" p95(span.duration) / p50(span.duration) ");
    expect(column).toBe("equation|p95(span.duration) / p50(span.duration)");
    expect(columnName(column ?? "")).toBe("p95(span.duration) / p50(span.duration)");
    expect(columnOf("count_if(a, equals, (b))")).toBe("count_if(a, equals, (b))");
  });

  it("says what is wrong", () => {
    expect(readText("count by span.op")).toEqual({ mistake: "count is no function: write count()" });
    expect(readText("count() top 50")).toMatchObject({ mistake: expect.stringContaining("1 to 10") });
    expect(readText("count() order -epm()")).toMatchObject({ mistake: expect.stringContaining("one of count()") });
  });

  it("shows the count when only a condition is said", () => {
    expect(readText("where span.op:db")).toMatchObject({ question: { show: ["count()"], query: "span.op:db" } });
  });
});
