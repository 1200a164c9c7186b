import { expect, it } from "vitest";
import { antiforgery, urlOf } from "./client";
import { ApiError } from "./errors";
import { cursorsOf } from "./link";
import { marksOf } from "./marks";

it("repeats a list in the query and leaves out what is empty", () => {
  expect(urlOf("organizations/a/issues/", { project: ["1", "2"], query: "is:unresolved", cursor: undefined })).toBe(
    "/api/0/organizations/a/issues/?project=1&project=2&query=is%3Aunresolved",
  );
});

it("reads the cursor of a side only when that side has results", () => {
  const header =
    '<http://x/?a=1,2&cursor=0:0:1>; rel="previous"; results="false"; cursor="0:0:1", ' +
    '<http://x/?cursor=0:100:0>; rel="next"; results="true"; cursor="0:100:0"';
  expect(cursorsOf(header)).toEqual({ next: "0:100:0", previous: undefined });
  expect(cursorsOf(null)).toEqual({ next: undefined, previous: undefined });
});

it("believes of an answer only the marks that its headers bear", () => {
  expect(marksOf(new Headers({ "X-Tocsin-Partial": "1" }))).toEqual({ partial: true, sampled: false });
  expect(marksOf(new Headers({ "X-Tocsin-Sampled": "1" }))).toEqual({ partial: false, sampled: true });
});

it("finds the antiforgery value among other cookies", () => {
  expect(antiforgery("a=b; tocsin_csrf=x%3D1; c=d")).toBe("x%3D1");
  expect(antiforgery("not_tocsin_csrf=1")).toBe("");
});

it("shows the server's own words, from a detail or from the fields of a form", () => {
  expect(new ApiError(401, { detail: "Invalid token" }, null).message).toBe("Invalid token");
  expect(new ApiError(302, { detail: { code: "resource-moved", message: "It moved." } }, null).message).toBe(
    "It moved.",
  );
  const form = new ApiError(400, { slug: ["This slug is taken."] }, null);
  expect(form.fields).toEqual({ slug: "This slug is taken." });
  expect(form.message).toBe("This slug is taken.");
  expect(new ApiError(429, undefined, "900").retryAfterSeconds).toBe(900);
});
