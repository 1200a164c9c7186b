import { expect, it } from "vitest";
import { seriesColour, seriesColours } from "./seriesColour";

it("gives a name the same colour everywhere", () => {
  expect(seriesColours(["checkout-api"]).get("checkout-api")).toBe(seriesColour("checkout-api"));
});

it("gives ten series of one chart ten colours", () => {
  const names = Array.from({ length: 10 }, (_, index) => `service ${index}`);
  expect(new Set(seriesColours(names).values()).size).toBe(10);
});
