import { expect, it } from "vitest";
import type { Bucket } from "../api/shapes";
import { trendText } from "./trend";

const now = 1_800_000_000;
const day = 86_400;

/** Counts per day, the last one being the present day. */
function days(...counts: number[]): Bucket[] {
  return counts.map((count, index) => [now - (counts.length - index) * day + 3600, count]);
}

it("compares the last day with the average of the days before", () => {
  expect(trendText(days(10, 10, 10, 10, 10, 10, 10, 10, 40), now, 0)).toBe("4.0× the usual, 40 in the last day");
  expect(trendText(days(10, 10, 10, 10, 10, 10, 10, 10, 11), now, 0)).toBe("steady, 11 in the last day");
  expect(trendText(days(90, 90, 90, 90, 90, 90, 90, 90, 9), now, 0)).toBe("falling, 9 in the last day");
});

it("says when an issue is quiet or came back", () => {
  expect(trendText(days(5, 0, 0, 0), now, 0)).toBe("quiet for 4 d");
  expect(trendText(days(0, 0, 0, 0, 0, 0, 0, 0, 7), now, 0)).toBe("back after a quiet 7 days");
});

it("does not compare an issue younger than two days with days before its birth", () => {
  expect(trendText(days(0, 0, 0, 30), now, now - day)).toBe("30 in the last day");
});
