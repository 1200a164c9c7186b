import { expect, it } from "vitest";
import { sparkPath } from "./sparkPath";

it("draws a bar for each bucket with events, the highest almost as high as the place", () => {
  const path = sparkPath(
    [
      [0, 0],
      [1, 5],
      [2, 10],
      [3, 0],
    ],
    112,
    20,
  );
  expect(path).toBe("M28 20v-9h27v9zM56 20v-18h27v18z");
});

it("shows one event among thousands", () => {
  expect(
    sparkPath(
      [
        [0, 1],
        [1, 5000],
      ],
      112,
      20,
    ),
  ).toContain("M0 20v-2h");
});

it("draws nothing where nothing happened", () => {
  expect(sparkPath([[0, 0]], 112, 20)).toBe("");
  expect(sparkPath([], 112, 20)).toBe("");
});
