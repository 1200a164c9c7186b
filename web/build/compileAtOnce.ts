import type { Plugin } from "vite";

/**
 * Asks V8 to compile at once, beside the page, what a first visit runs anyway: the entry and what the landing page adds. It
 * would compile each function at its first call, while the page waits. Other engines see a comment.
 */
export function compileAtOnce(): Plugin {
  return {
    name: "compile-at-once",
    apply: "build",
    generateBundle: {
      // It counts on the first line only, before what others put in front.
      order: "post",
      handler(_options, bundle) {
        for (const part of Object.values(bundle)) {
          if (part.type === "chunk" && (part.isEntry || part.name === "landing")) {
            part.code = `//# allFunctionsCalledOnLoad\n${part.code}`;
          }
        }
      },
    },
  };
}
