import { describe, expect, it } from "vitest";
import { seriesColour, seriesColours } from "./seriesColour";

describe("the colours of services", () => {
  const names = ["storefront", "checkout-api", "warehouse", "mailer", "billing", "search", "auth", "cdn", "pay", "geo"];

  it("differ for up to ten that stand together", () => {
    expect(new Set(seriesColours(names).values()).size).toBe(10);
  });

  it("stay when a newer name joins", () => {
    const before = seriesColours(names.slice(0, 6));
    const after = seriesColours(names);
    for (const [name, colour] of before) {
      expect(after.get(name)).toBe(colour);
    }
  });

  it("are a name's own where nobody else wants it", () => {
    expect(seriesColours(["warehouse"]).get("warehouse")).toBe(seriesColour("warehouse"));
  });
});
