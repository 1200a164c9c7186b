import { QueryClient } from "@tanstack/react-query";
import { afterEach, expect, it, vi } from "vitest";
import { samplesQuery, suspectSpansQuery } from "./performanceQueries";

afterEach(() => vi.unstubAllGlobals());

it("tells that there are no rows from that they could not be read", async () => {
  let headers: Record<string, string> = {};
  vi.stubGlobal("fetch", () => Promise.resolve(new Response("[]", { headers })));
  const runsAndSpans = async () => {
    const client = new QueryClient();
    const scope = { transaction: "GET /cart" };
    const runs = await client.fetchQuery(samplesQuery("acme", scope, { sort: "slow" }));
    const spans = await client.fetchQuery(suspectSpansQuery("acme", scope));
    return [runs, spans].map(({ rows, partial }) => [rows.length, partial]);
  };

  expect(await runsAndSpans()).toEqual([
    [0, false],
    [0, false],
  ]);
  headers = { "X-Tocsin-Partial": "1" };
  expect(await runsAndSpans()).toEqual([
    [0, true],
    [0, true],
  ]);
});
