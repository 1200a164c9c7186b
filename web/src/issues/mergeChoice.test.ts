import { describe, expect, test } from "vitest";
import type { IssueHash } from "../api/shapes";
import { cameWith, mergeObstacle, parentOf, partsOf, whyParent } from "./mergeChoice";

const hash = (id: string, issue: string, came: string = issue): IssueHash => ({
  id,
  latestEvent: null,
  issue: {
    id: issue,
    shortId: `SHOP-${issue}`,
    title: "Error",
    culprit: "",
    count: "1",
    firstSeen: "2026-11-20T12:00:00Z",
    lastSeen: "2026-11-20T12:00:00Z",
    cameWith: came,
  },
});

describe("merging", () => {
  test("the issue with most events takes in the others, of equal ones the oldest", () => {
    const issues = [
      { id: "12", count: "9" },
      { id: "7", count: "10" },
      { id: "3", count: "10" },
    ];
    expect(parentOf(issues)?.id).toBe("3");
    expect(parentOf([])).toBeUndefined();
  });

  test("it says that another has as many events, and that age decides then", () => {
    const [most, older, oldest, few] = [
      { id: "12", count: "10", shortId: "SHOP-12" },
      { id: "7", count: "10", shortId: "SHOP-7" },
      { id: "3", count: "10", shortId: "SHOP-3" },
      { id: "1", count: "9", shortId: "SHOP-1" },
    ];
    expect(whyParent([few, most])).toBe("has most events");
    expect(whyParent([most, few, older])).toBe("has as many events as SHOP-12 and is older");
    expect(whyParent([most, older, oldest, few])).toBe("is the oldest of those with most events");
  });

  test("issues of several projects or kinds cannot become one, and it says why", () => {
    const error = { project: { slug: "shop" }, issueType: "error" };
    expect(mergeObstacle([error, error])).toBeUndefined();
    expect(mergeObstacle([error, { ...error, project: { slug: "api" } }])).toContain("projects");
    expect(mergeObstacle([error, { ...error, issueType: "performance_slow_db_query" }])).toContain("kinds");
  });

  test("hashes of one issue leave together", () => {
    const parts = partsOf([hash("b1", "2"), hash("a", "1"), hash("b2", "2")]);
    expect(parts.map((part) => [part.issue.id, part.hashes])).toEqual([
      ["2", ["b1", "b2"]],
      ["1", ["a"]],
    ]);
  });

  test("taking a merge back leaves together what had been merged before", () => {
    const hashes = [hash("a", "1"), hash("b", "2"), hash("c", "3", "2"), hash("d", "4")];
    expect(cameWith(hashes, ["2", "4", "9"])).toEqual([["b", "c"], ["d"]]);
  });
});
