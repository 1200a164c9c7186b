import { expect, it } from "vitest";
import { boundsOf, thresholdFault, unitOf } from "./thresholdText";

const time = { name: "t", title: "Time", unit: "milliseconds", value: 500, usual: 500, least: 100, most: 10_000 };
const ratio = { name: "r", title: "Ratio", unit: "ratio", value: 0.33, usual: 0.33, least: 0.2, most: 0.95 };

it.each([
  [time, "100", true],
  [time, "10000", true],
  [time, "99", false],
  [time, "10001", false],
  [time, "500.5", false],
  [time, "", false],
  [ratio, "0.5", true],
  [ratio, "0.2", true],
  [ratio, "0.19", false],
  [ratio, "1", false],
  [ratio, "half", false],
])("%o with '%s' may be saved: %s", (threshold, text, may) => {
  expect(thresholdFault(threshold, text) === undefined).toBe(may);
});

it("says what is usual and what may be", () => {
  expect(boundsOf(time)).toBe("Usually 500; 100 to 10,000");
  expect(boundsOf(ratio)).toBe("Usually 0.33; 0.2 to 0.95");
  expect([unitOf(time), unitOf(ratio)]).toEqual(["ms", ""]);
});
