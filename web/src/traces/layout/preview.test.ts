import { expect, it } from "vitest";
import { previewOf } from "./preview";
import { type Short, someTree } from "./someTrace";

const chain = Array.from({ length: 12 }, (_, n): Short => {
  const parent = n === 0 ? null : `s${n - 1}`;
  return [`s${n}`, parent, n, 100, { is_segment: n === 0 || n === 6 }];
});
const names = (spanId: string | null, most: number) =>
  previewOf(someTree(...chain), spanId, most).map((node) => node.span.span_id);

it("shows the way from the root down to the span", () => {
  expect(names("s3", 6)).toEqual(["s0", "s1", "s2", "s3"]);
});

it("keeps both ends of a long way", () => {
  expect(names("s11", 5)).toEqual(["s0", "s1", "s9", "s10", "s11"]);
});

it("shows the segments when the span has not come", () => {
  expect(names("gone", 6)).toEqual(["s0", "s6"]);
  expect(names(null, 1)).toEqual(["s0"]);
});
