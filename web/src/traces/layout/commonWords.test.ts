import { expect, it } from "vitest";
import { commonWords } from "./commonWords";

it("keeps the words that all have and marks those that differ", () => {
  const queries = [1000, 1001, 2047].map((id) => `SELECT * FROM "item" WHERE "id" = ${id}`);
  expect(commonWords(queries)).toBe('SELECT * FROM "item" WHERE "id" = …');
});

it("keeps both ends of a word that differs in its middle", () => {
  const files = ["a9f", "b77", "c31"].map((hash) => `https://shop.example.com/assets/chunk-${hash}.js`);
  expect(commonWords(files)).toBe("https://shop.example.com/assets/chunk-….js");
});

it("keeps the beginning of texts of different length", () => {
  expect(commonWords(["GET /a b c", "GET /a b c d"])).toBe("GET /a b c …");
  expect(commonWords(["render list", "render list item"])).toBe("render list …");
});

it("leaves equal texts alone", () => {
  expect(commonWords(["cart:1", "cart:1"])).toBe("cart:1");
  expect(commonWords([])).toBe("");
});
