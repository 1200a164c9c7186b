import { expect, it } from "vitest";
import { cellText, formatOf, isNumeric, rowsBehind } from "./cells";

it("finds the rows behind a line, also those without a value", () => {
  expect(rowsBehind("span.op:db", ["release", "user"], { release: "my app", user: null })).toBe(
    'span.op:db release:"my app" !has:user',
  );
  expect(rowsBehind("a OR b", ["level"], { level: "error" })).toBe("(a OR b) level:error");
});

it("finds the rows behind a list by everything in it", () => {
  expect(rowsBehind("", ["stack.function", "level"], { "stack.function": ["main", "run it"], level: "error" })).toBe(
    'stack.function:main stack.function:"run it" level:error',
  );
  expect(rowsBehind("", ["stack.function"], { "stack.function": [] })).toBe("!has:stack.function");
});

it("asks rows nothing that only groups can answer", () => {
  expect(rowsBehind("span.op:db count():>10", ["release"], { release: "1.0" })).toBe("span.op:db release:1.0");
  expect(rowsBehind("p95(span.duration):>1s", [], {})).toBe("");
});

it("writes a value by the type and unit of its column", () => {
  const meta = {
    fields: { "p95(span.duration)": "duration", "failure_rate()": "percentage", "count()": "integer" } as const,
    units: { "p95(span.duration)": "second" },
  };
  expect(cellText(1.5, "p95(span.duration)", meta)).toBe("1.50 s");
  expect(cellText(0.021, "failure_rate()", meta)).toBe("2.1%");
  expect(cellText(48210, "count()", meta)).toBe("48,210");
  expect(cellText("", "release", meta)).toBe("(none)");
  expect(formatOf("size", "byte")(1_300_000)).toBe("1.3 MB");
});

it("takes a rate for a number, and writes what it is per", () => {
  expect(isNumeric("rate")).toBe(true);
  expect([formatOf("rate", "1/minute")(12.345), formatOf("rate", "1/second")(3)]).toEqual(["12.35/min", "3/s"]);
});
