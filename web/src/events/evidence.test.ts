import { expect, it } from "vitest";
import { evidenceOf } from "./evidence";

it("reads the lines in their order, names that repeat included", () => {
  const evidenceDisplay = [
    { name: "Transaction", value: "GET /cart", important: true },
    { name: "Measured", value: "Repeated queries: 6, threshold 5", important: false },
    { name: "Measured", value: "Time of the repeated queries: 72 ms, threshold 50 ms", important: false },
    { name: "Environment", value: "" },
  ];
  expect(evidenceOf({ evidenceDisplay })).toEqual([
    ["Transaction", "GET /cart"],
    ["Measured", "Repeated queries: 6, threshold 5"],
    ["Measured", "Time of the repeated queries: 72 ms, threshold 50 ms"],
  ]);
});

it.each([null, undefined, {}, { evidenceDisplay: "no" }, { evidenceDisplay: [null, 7, { name: 1 }] }])(
  "finds none in %o",
  (occurrence) => {
    expect(evidenceOf(occurrence)).toEqual([]);
  },
);
