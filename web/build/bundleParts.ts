import type { Rolldown } from "vite";

type Bundle = Rolldown.OutputBundle;

/** The chunk of a module that is loaded on need, and all that it imports statically, with their style sheets. */
export function partsOf(bundle: Bundle, isWanted: (chunk: Rolldown.OutputChunk) => boolean): Set<string> {
  const parts = new Set<string>();
  const visit = (fileName: string): void => {
    const part = bundle[fileName];
    if (!part || parts.has(fileName)) {
      return;
    }
    parts.add(fileName);
    if (part.type === "chunk") {
      part.imports.forEach(visit);
      part.viteMetadata?.importedCss.forEach(visit);
    }
  };
  for (const part of Object.values(bundle)) {
    if (part.type === "chunk" && isWanted(part)) {
      visit(part.fileName);
    }
  }
  return parts;
}

/** The fonts of Latin text, which every page shows. */
export const isUsualFont = (fileName: string): boolean => /-latin-wght-normal.*\.woff2$/.test(fileName);

export const isPage =
  (path: string) =>
  (chunk: Rolldown.OutputChunk): boolean =>
    chunk.facadeModuleId?.endsWith(path) === true;
