import { expect, it } from "vitest";
import { covers, rowsIn, scrollFor } from "./sight";

it("names the rows of which any part is seen", () => {
  expect(rowsIn({ top: 0, height: 100 }, 36)).toEqual({ from: 0, to: 3 });
  expect(rowsIn({ top: 35, height: 37 }, 36)).toEqual({ from: 0, to: 2 });
  expect(rowsIn({ top: 36, height: 36 }, 36)).toEqual({ from: 1, to: 2 });
  expect(rowsIn({ top: 360, height: 72 }, 36, 4)).toEqual({ from: 6, to: 16 });
});

it("knows whether the rows that are there are enough", () => {
  expect(covers({ from: 0, to: 20 }, { from: 0, to: 20 })).toBe(true);
  expect(covers({ from: 0, to: 20 }, { from: 5, to: 21 })).toBe(false);
  expect(covers({ from: 6, to: 20 }, { from: 5, to: 12 })).toBe(false);
});

it("scrolls no further than a row needs", () => {
  const sight = { top: 72, height: 100 };
  expect(scrollFor(3, sight, 36)).toBe(72);
  expect(scrollFor(0, sight, 36)).toBe(0);
  expect(scrollFor(4, sight, 36)).toBe(80);
  // There is not even room for one: its beginning counts.
  expect(scrollFor(2, { top: 0, height: 10 }, 36)).toBe(72);
});
