import { expect, it } from "vitest";
import { searchOfLink } from "./traceSearch";

it("keeps the shown time of a link within the trace only", () => {
  const old = { span: "a1", view: "table" as const, zoom: "10-20" };
  const link = (trace_id: string) => ({ trace_id, span_id: "b2" });
  expect(searchOfLink(old, link("one"), "one")).toEqual({ ...old, span: "b2" });
  expect(searchOfLink(old, link("other"), "one")).toEqual({ ...old, span: "b2", zoom: undefined });
});
