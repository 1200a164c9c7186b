import { expect, it } from "vitest";
import { lastTwo, versionsOf } from "./versions";

const mark = (version: string, time: number) => ({
  version,
  time,
  projects: [],
  kind: "release" as const,
  environment: null,
});

it("compares the two newest releases, however often they were deployed", () => {
  const versions = versionsOf([mark("2.0", 30), mark("1.0", 10), mark("1.1", 20), mark("2.0", 40)], []);
  expect(versions).toEqual(["1.0", "1.1", "2.0"]);
  expect(lastTwo(versions)).toEqual(["1.1", "2.0"]);
});

it("offers a release that the address names though it came before the chosen time", () => {
  expect(versionsOf([mark("2.0", 30)], ["0.9", undefined])).toEqual(["2.0", "0.9"]);
});
