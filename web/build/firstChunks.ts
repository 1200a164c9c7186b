import { fileURLToPath } from "node:url";
import type { Rolldown } from "vite";

/** All modules of the entry in one file, though pages import some of them as well. */
export const entryParts: Rolldown.CodeSplittingGroup = { name: "tocsin", tags: ["$initial"], priority: 2 };

/**
 * What the landing page needs beyond the entry, in one file. By themselves its modules would come as thirty small ones, as
 * each is shared by another set of pages; a browser then does more with the files than with what is in them.
 */
export function landingParts(landingPage: string): Rolldown.CodeSplittingGroup {
  const page = fileURLToPath(new URL(`../${landingPage}`, import.meta.url));
  let wanted: ReadonlySet<string> | undefined;
  return {
    // The page itself stays what its route asks for.
    test: (id) => id !== page,
    name: (id, context) => {
      wanted ??= importedBy(page, context);
      return wanted.has(id) ? "landing" : null;
    },
    priority: 1,
  };
}

function importedBy(page: string, context: Rolldown.ChunkingContext): ReadonlySet<string> {
  const found = new Set<string>();
  const visit = (id: string): void => {
    for (const imported of context.getModuleInfo(id)?.importedIds ?? []) {
      if (!found.has(imported)) {
        found.add(imported);
        visit(imported);
      }
    }
  };
  visit(page);
  return found;
}
