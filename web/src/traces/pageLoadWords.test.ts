import { expect, it } from "vitest";
import { browserWords, pageLoadFacts } from "./pageLoadWords";

const load = {
  browser: "Firefox",
  browser_version: "128.0",
  os: "Linux",
  device: "desktop",
  connection: "4g",
  country: "NL",
  user: "id:7",
};

const nothing = {
  browser: null,
  browser_version: null,
  os: null,
  device: null,
  connection: null,
  country: null,
  user: null,
};

it("names the browser with its version and the system it runs on", () => {
  expect(browserWords(load)).toBe("Firefox 128.0 on Linux");
  expect(browserWords({ ...load, browser_version: null })).toBe("Firefox on Linux");
  expect(browserWords({ ...load, os: null })).toBe("Firefox 128.0");
});

it("tells what is known of a page load, and of nothing else", () => {
  expect(pageLoadFacts(load)).toEqual([
    ["Browser", "Firefox 128.0 on Linux"],
    ["Device", "desktop"],
    ["Connection", "4g"],
    ["Country", "NL"],
    ["User", "id:7"],
  ]);
  expect(pageLoadFacts({ ...nothing, user: "id:7" })).toEqual([["User", "id:7"]]);
  expect(pageLoadFacts(nothing)).toEqual([]);
  expect(pageLoadFacts(null)).toEqual([]);
});

it("names the system where the browser is not known", () => {
  expect(pageLoadFacts({ ...nothing, os: "Android" })).toEqual([["System", "Android"]]);
});
