import { expect, it } from "vitest";
import { indent } from "./indent";

it("leaves six tenths of any column to the words, at any depth, and still steps in", () => {
  for (const width of [140, 200, 420]) {
    expect(indent(0, width)).toBe(0);
    expect(indent(1, width)).toBeGreaterThan(10);
    expect(indent(400, width)).toBeLessThanOrEqual(width * 0.4);
    for (let depth = 1; depth < 6; depth++) {
      expect(indent(depth, width) - indent(depth - 1, width)).toBeGreaterThan(2);
    }
  }
});
