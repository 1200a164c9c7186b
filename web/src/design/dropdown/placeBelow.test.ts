import { expect, it } from "vitest";
import { placeOf } from "./placeBelow";

const window = { width: 1000, height: 600 };
const button = (left: number, top: number) => ({ left, right: left + 100, top, bottom: top + 28 });

it("stands below the left edge of its button", () => {
  expect(placeOf(button(200, 10), { width: 240, height: 300 }, window)).toEqual({ left: 200, top: 42 });
});

it("turns to the right edge where the window ends", () => {
  expect(placeOf(button(890, 10), { width: 240, height: 300 }, window).left).toBe(750);
});

it("goes above when there is no room below, and not above the window", () => {
  expect(placeOf(button(200, 500), { width: 240, height: 300 }, window).top).toBe(196);
  expect(placeOf(button(200, 300), { width: 240, height: 500 }, window).top).toBe(332);
});

it("stays within a window that is narrower than it", () => {
  expect(placeOf(button(10, 10), { width: 390, height: 100 }, { width: 400, height: 800 }).left).toBe(8);
});
