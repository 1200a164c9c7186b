import { afterEach, expect, it, vi } from "vitest";
import { toClipboard } from "./clipboard";

afterEach(() => vi.unstubAllGlobals());

function copiedBySelection(): string[] {
  const copied: string[] = [];
  const area = { value: "", className: "", select: () => undefined, remove: () => undefined };
  vi.stubGlobal("document", {
    createElement: () => area,
    body: { append: () => undefined },
    execCommand: () => copied.push(area.value),
  });
  return copied;
}

it("writes to the clipboard", async () => {
  const written: string[] = [];
  const bySelection = copiedBySelection();
  vi.stubGlobal("navigator", { clipboard: { writeText: async (text: string) => void written.push(text) } });

  await toClipboard("a,b");

  expect(written).toEqual(["a,b"]);
  expect(bySelection).toEqual([]);
});

it.each([
  ["there is none, as at plain-http addresses", {}],
  ["the browser refuses it", { clipboard: { writeText: () => Promise.reject(new Error("denied")) } }],
])("copies by selection where %s", async (_, navigator) => {
  const bySelection = copiedBySelection();
  vi.stubGlobal("navigator", navigator);

  await toClipboard("a,b");

  expect(bySelection).toEqual(["a,b"]);
});
