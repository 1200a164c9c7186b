import { expect, it } from "vitest";
import { toCsv } from "./csv";

it("quotes separators and disarms formulas, but leaves numbers alone", () => {
  expect(
    toCsv(
      ["a", "b"],
      [
        ["x,y", -1],
        ["=1+1", 'say "hi"'],
      ],
    ),
  ).toBe('a,b\r\n"x,y",-1\r\n\'=1+1,"say ""hi"""');
});
