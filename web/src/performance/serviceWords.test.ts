import { expect, it } from "vitest";
import { callSentence, callWords } from "./serviceWords";

it("leaves out what is not known and what did not happen", () => {
  expect(callWords({ count: 12_400, p95: 38, failure_rate: 0.021 })).toBe("12.4k · 38 ms · 2.1%");
  expect(callWords({ count: 3, p95: null, failure_rate: 0 })).toBe("3");
});

it("says all of it in words", () => {
  expect(callSentence({ count: 1, p95: null, failure_rate: 0 })).toBe("1 call, no times, 0% failing");
});
