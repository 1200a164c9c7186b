import { readFile } from "node:fs/promises";
import openapiTS, { astToString } from "openapi-typescript";
import { expect, it } from "vitest";

it("is made from the API's description as it stands; `npm run types` makes it anew", async () => {
  const document = new URL("../../../docs/openapi.json", import.meta.url);
  const written = await readFile(new URL("./schema.d.ts", import.meta.url), "utf8");

  const made = astToString(await openapiTS(document, { emptyObjectsUnknown: true }));

  expect(written.slice(written.indexOf("export interface paths"))).toBe(made);
});
