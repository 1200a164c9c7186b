import { expect, it } from "vitest";
import type { RequestData } from "../api/eventShapes";
import { asCurl, fullUrl } from "./curl";

const request: RequestData = {
  method: "POST",
  url: "https://shop.test/pay",
  query: [["q", "a b"]],
  headers: [
    ["Content-Type", "application/json"],
    ["Content-Length", "11"],
    ["X-Note", "it's; rm -rf /"],
  ],
  cookies: [["sid", "1"]],
  data: { a: "b" },
  env: null,
};

it("quotes every value, so that a hostile one stays text", () => {
  expect(asCurl(request)).toBe(
    [
      "curl",
      "-X POST",
      "-H 'Content-Type: application/json'",
      "-H 'X-Note: it'\\''s; rm -rf /'",
      "-b 'sid=1'",
      `--data-raw '{"a":"b"}'`,
      "'https://shop.test/pay?q=a%20b'",
    ].join(" \\\n  "),
  );
});

it("refuses a method that is no word", () => {
  expect(asCurl({ ...request, method: "GET; echo" })).not.toContain("echo");
});

it("puts the fragment behind the query", () => {
  expect(fullUrl({ ...request, fragment: "top" })).toBe("https://shop.test/pay?q=a%20b#top");
});
