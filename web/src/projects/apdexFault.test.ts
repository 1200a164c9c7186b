import { expect, it } from "vitest";
import { apdexFault } from "./apdexFault";

it.each(["1", "300", "3600000"])("takes %s", (text) => {
  expect(apdexFault(text)).toBeUndefined();
});

it.each(["", "0", "-1", "1.5", "300 ms", "3600001"])("refuses '%s'", (text) => {
  expect(apdexFault(text)).toContain("milliseconds");
});
