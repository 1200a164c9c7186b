import { afterEach, expect, test, vi } from "vitest";
import { remember, remembered } from "./remembered";

afterEach(() => vi.unstubAllGlobals());

test("a choice is remembered", () => {
  const kept = new Map<string, string>();
  vi.stubGlobal("localStorage", {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => kept.set(key, value),
  });

  remember("rail", "pinned");

  expect(remembered("rail")).toBe("pinned");
  expect(remembered("theme")).toBeNull();
});

test("a browser that forbids storage remembers nothing and breaks nothing", () => {
  vi.stubGlobal("localStorage", {
    getItem: () => {
      throw new DOMException("denied", "SecurityError");
    },
    setItem: () => {
      throw new DOMException("denied", "SecurityError");
    },
  });

  remember("rail", "pinned");

  expect(remembered("rail")).toBeNull();
});
