import { expect, it } from "vitest";
import { markText } from "../design/timeSeries";
import { timeMark } from "./releaseMarks";

it("says where a release was deployed to", () => {
  const mark = { version: "shop@2.0", projects: ["shop"], time: 60, environment: null, place: 0 };
  expect(markText(timeMark({ ...mark, kind: "release" }))).toBe("release shop@2.0");
  expect(markText(timeMark({ ...mark, kind: "deploy" }))).toBe("deployed shop@2.0");
  expect(markText(timeMark({ ...mark, kind: "deploy", environment: "staging" }))).toBe("deployed shop@2.0 to staging");
});
