import { expect, it } from "vitest";
import { nextItem } from "./nextItem";

const sorts = ["Last seen", "First seen", "Trends", "Events", "Users", "First users"];

it("goes round with the arrow keys", () => {
  expect(nextItem("ArrowDown", 0, sorts)).toBe(1);
  expect(nextItem("ArrowDown", 5, sorts)).toBe(0);
  expect(nextItem("ArrowUp", 0, sorts)).toBe(5);
  expect(nextItem("ArrowUp", -1, sorts)).toBe(5);
  expect(nextItem("ArrowDown", -1, sorts)).toBe(0);
});

it("goes to the ends", () => {
  expect(nextItem("Home", 3, sorts)).toBe(0);
  expect(nextItem("End", 3, sorts)).toBe(5);
});

it("goes to what begins with a letter, the next of them each time", () => {
  expect(nextItem("f", 0, sorts)).toBe(1);
  expect(nextItem("F", 1, sorts)).toBe(5);
  expect(nextItem("f", 5, sorts)).toBe(1);
  expect(nextItem("x", 0, sorts)).toBeUndefined();
});

it("leaves other keys alone, and an empty menu", () => {
  expect(nextItem("Enter", 0, sorts)).toBeUndefined();
  expect(nextItem(" ", 0, sorts)).toBeUndefined();
  expect(nextItem("ArrowDown", 0, [])).toBeUndefined();
});
