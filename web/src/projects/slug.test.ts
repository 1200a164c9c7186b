import { expect, it } from "vitest";
import { slugFault, slugOf } from "./slug";

it.each([
  ["Checkout API", "checkout-api"],
  ["  Übersicht & Kärtchen!  ", "ubersicht-kartchen"],
  ["日本", ""],
])("%s becomes %s", (name, slug) => {
  expect(slugOf(name)).toBe(slug);
});

it("refuses what would read as an id or cannot stand in an address", () => {
  expect(slugFault("123")).toBeDefined();
  expect(slugFault("a/b")).toBeDefined();
  expect(slugFault("a-1_b")).toBeUndefined();
});
