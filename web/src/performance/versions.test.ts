import { expect, it } from "vitest";
import { lastTwo, versionsOf } from "./versions";

const mark = (version: string, place: number, time = place) => ({
  version,
  time,
  place,
  projects: [],
  kind: "release" as const,
  environment: null,
});

it("compares the two newest releases, however often they were deployed", () => {
  const versions = versionsOf(
    ["2.0", "1.1", "1.0"],
    [mark("2.0", 2), mark("1.0", 0), mark("1.1", 1), mark("2.0", 2)],
    [],
  );
  expect(versions).toEqual(["1.0", "1.1", "2.0"]);
  expect(lastTwo(versions)).toEqual(["1.1", "2.0"]);
});

it("takes the place of a release and not the moment at which its first event came", () => {
  expect(lastTwo(versionsOf(["1.9", "2.0"], [mark("2.0", 1, 30), mark("1.9", 0, 40)], []))).toEqual(["1.9", "2.0"]);
});

it("compares no releases of the project that the transaction did not run in", () => {
  expect(versionsOf(["api@1.0", "api@1.1"], [mark("api@1.0", 0), mark("api@1.1", 1), mark("web@7", 2)], [])).toEqual([
    "api@1.0",
    "api@1.1",
  ]);
});

it("takes releases that came before the chosen time for older ones, in the order of their numbers", () => {
  expect(versionsOf(["1.10", "2.0", "1.9"], [mark("2.0", 0)], [])).toEqual(["1.9", "1.10", "2.0"]);
});

it("offers a release that the address names though it did not run in it", () => {
  expect(versionsOf(["2.0"], [mark("2.0", 0)], ["0.9", undefined])).toEqual(["0.9", "2.0"]);
});
