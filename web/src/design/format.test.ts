import { describe, expect, it } from "vitest";
import { age, bytes, duration, exactNumber, moment, percent, rate, rateUnit, shortNumber, zone } from "./format";

describe("short numbers", () => {
  it.each([
    [0, "0"],
    [950, "950"],
    [48_210, "48.2k"],
    [999_999, "999k"],
    [1_300_000, "1.3M"],
    [2_000, "2k"],
    [9.117, "9.1"],
    [0.033, "0.03"],
  ])("%f is written %s", (value, text) => {
    expect(shortNumber(value)).toBe(text);
  });
});

describe("ages", () => {
  const now = Date.UTC(2026, 10, 20);
  it.each([
    [3_000, "now"],
    [40_000, "40s"],
    [12 * 60_000, "12m"],
    [3 * 3_600_000, "3h"],
    [5 * 86_400_000, "5d"],
    [21 * 86_400_000, "3w"],
    [90 * 86_400_000, "3mo"],
    [800 * 86_400_000, "2y"],
    [-5_000, "now"],
  ])("%d ms ago is written %s", (past, text) => {
    expect(age(now - past, now)).toBe(text);
  });
});

it("writes durations in the unit a reader expects", () => {
  expect([310, 1_240, 200_000, 7_500_000].map(duration)).toEqual(["310 ms", "1.24 s", "3 min 20 s", "2 h 5 min"]);
  expect([0, 0.314, 4.21, 9.96, 999.6].map(duration)).toEqual(["0 ms", "314 µs", "4.2 ms", "10 ms", "1.00 s"]);
  // Never sixty of what there are sixty of in the next unit.
  expect([59_994, 59_996, 239_700, 3_599_600, 7_199_999, 86_399_000, 172_799_000].map(duration)).toEqual([
    "59.99 s",
    "1 min 0 s",
    "4 min 0 s",
    "1 h 0 min",
    "2 h 0 min",
    "1 d 0 h",
    "2 d 0 h",
  ]);
});

it("writes sizes in steps of a thousand", () => {
  expect([512, 48_211_034, 81e9].map(bytes)).toEqual(["512 B", "48.2 MB", "81.0 GB"]);
});

it("writes shares so that little is not nothing", () => {
  expect([0, 0.00001, 0.0042, 0.021, 0.1234, 1].map(percent)).toEqual(["0%", "<0.01%", "0.42%", "2.1%", "12%", "100%"]);
});

it("writes rates in a unit in which there is something to read", () => {
  expect([0, 39.9, 0.25, 0.0019, 0.00007].map((value) => rate(value))).toEqual([
    "0/min",
    "39.9/min",
    "0.25/min",
    "0.11/h",
    "0.10/d",
  ]);
  expect(
    [0.0035, 0.0016].map((value) => rate(value, 0.0035)),
    "rates that stand beside each other",
  ).toEqual(["0.21/h", "0.10/h"]);
});

it("chooses the unit of rates that stand together by the highest", () => {
  expect([0, 0.16, 0.09, 0.0001].map((highest) => rateUnit(highest).name)).toEqual([
    "per minute",
    "per minute",
    "per hour",
    "per day",
  ]);
});

it("writes exact numbers as the browser does", () => {
  for (const value of [0, 7, 999, 1000, 1234567, 0.5, 1234.5678, -1, -98765.4, 1e15]) {
    expect(exactNumber(value)).toBe(value.toLocaleString("en-US"));
  }
});

it("writes a moment in its zone", () => {
  expect([0, 60, 330, -210, -300].map(zone)).toEqual(["UTC", "GMT+1", "GMT+5:30", "GMT-3:30", "GMT-5"]);
  const at = new Date(2026, 10, 3, 9, 5, 7);
  expect(moment(at)).toBe(`2026-11-03 09:05:07 ${zone(-at.getTimezoneOffset())}`);
});
