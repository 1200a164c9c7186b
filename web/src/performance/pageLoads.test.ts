import { expect, it } from "vitest";
import { pageLoads, pageLoadsAt, pageLoadsOf, pageLoadsWithin } from "./pageLoads";

it("finds what a line was counted from, within what the page was asked for", () => {
  expect(pageLoadsOf("browser", "Mobile Safari", "inp", "release:latest")).toBe(
    'has:measurements.inp release:latest browser.name:"Mobile Safari"',
  );
  expect(pageLoadsOf("connection", "", "lcp", undefined)).toBe("has:measurements.lcp !has:connection");
});

it("keeps a choice between words together", () => {
  expect(pageLoads("cls", "a OR b")).toBe("has:measurements.cls (a OR b)");
  expect(pageLoadsWithin("lcp", { from: 0, to: 2500 }, "a OR b")).toBe("measurements.lcp:<=2500 (a OR b)");
  expect(pageLoadsWithin("lcp", { from: 2500, to: 4000 }, undefined)).toBe(
    "measurements.lcp:>2500 measurements.lcp:<=4000",
  );
});

it("finds the page loads of an element whichever client named it", () => {
  expect(pageLoadsAt("lcp", "body > img.hero", "release:latest")).toBe(
    'has:measurements.lcp release:latest (lcp.element:"body > img.hero" OR browser.web_vital.lcp.element:"body > img.hero")',
  );
});
