import { expect, it } from "vitest";
import { ownThresholdFault } from "./ownThresholdFault";

it.each(["100", "300", "2500", "3600000"])("takes %s", (text) => {
  expect(ownThresholdFault(text)).toBeUndefined();
});

it.each(["", "0", "50", "250.5", "310", "-300", "3600100", "300 ms"])("refuses '%s'", (text) => {
  expect(ownThresholdFault(text)).toContain("hundreds");
});
