import { describe, expect, it } from "vitest";
import { readListSearch, viewOf } from "./listSearch";

describe("the address of the list", () => {
  it("leaves out what is the default", () => {
    expect(readListSearch({ query: "is:unresolved", sort: "date", trend: "24h" })).toEqual({});
    expect(readListSearch({ query: "", sort: "freq", trend: "14d" })).toEqual({
      query: "",
      sort: "freq",
      trend: "14d",
    });
    expect(readListSearch({ sort: "drop table" })).toEqual({});
  });

  it("finds the view whose words a query has, in any order", () => {
    expect(viewOf("is:regressed  is:unresolved")).toBe("is:unresolved is:regressed");
    expect(viewOf("is:unresolved level:error")).toBeUndefined();
  });
});
