import { expect, it } from "vitest";
import { placeMarks } from "./axisMarks";

const [left, right] = [-12, 388];

it("puts words to the right of their sign", () => {
  expect(placeMarks([{ x: 100, width: 60 }], [], left, right)).toEqual([{ sign: 100, text: 108 }]);
});

it("puts them to the left where the axis ends", () => {
  expect(placeMarks([{ x: 370, width: 60 }], [], left, right)).toEqual([{ sign: 370, text: 302 }]);
});

it("keeps words off the sign of an error", () => {
  expect(placeMarks([{ x: 300, width: 60 }], [340], left, right)).toEqual([{ sign: 300, text: 232 }]);
  expect(placeMarks([{ x: 370, width: 60 }], [330], left, right)).toEqual([{ sign: 370, text: undefined }]);
});

it("moves a sign out from under an error at the end of the trace", () => {
  const [mark] = placeMarks([{ x: 376, width: 60 }], [376], left, right);
  expect(mark).toEqual({ sign: 366, text: 298 });
});

it("puts words beyond an error between them and their sign", () => {
  const [mark] = placeMarks([{ x: 375, width: 60 }], [373], left, right);
  expect(mark).toEqual({ sign: 383, text: 304 });
});

it("leaves a sign on the side of the error on which it is", () => {
  expect(placeMarks([{ x: 104, width: 40 }], [100], left, right)[0]?.sign).toBe(110);
  expect(placeMarks([{ x: 96, width: 40 }], [100], left, right)[0]?.sign).toBe(90);
});

it("leaves it where it is between errors that stand close", () => {
  expect(placeMarks([{ x: 105, width: 40 }], [90, 100, 110, 120], left, right)[0]?.sign).toBe(105);
});

it("never lets words run into each other or into another sign", () => {
  const marks = [
    { x: 100, width: 50 },
    { x: 120, width: 50 },
    { x: 130, width: 50 },
  ];
  expect(placeMarks(marks, [], left, right).map(({ text }) => text)).toEqual([42, undefined, 138]);
});
