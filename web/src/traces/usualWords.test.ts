import { expect, it } from "vitest";
import { usualWords } from "./usualWords";

it("tells how much longer than usual a span took", () => {
  expect(usualWords({ p50: 6, p95: 31, duration: 544 })).toBe("6.0 ms, p95 31 ms: this one took 91 × as long");
  expect(usualWords({ p50: 100, p95: 200, duration: 250 })).toBe("100 ms, p95 200 ms: this one took 2.5 × as long");
});

it("says no more of one within the usual", () => {
  expect(usualWords({ p50: 100, p95: 200, duration: 190 })).toBe("100 ms, p95 200 ms");
});

it("says nothing where there is nothing to compare with", () => {
  expect(usualWords({ p50: null, p95: null, duration: 5 })).toBeUndefined();
  expect(usualWords({ p50: 880, p95: 880, duration: 880 })).toBeUndefined();
});
