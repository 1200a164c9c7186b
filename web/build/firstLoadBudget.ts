import { gzipSync } from "node:zlib";
import type { Plugin } from "vite";
import { isPage, isUsualFont, partsOf } from "./bundleParts.ts";

/**
 * Fails the build when a first visit would cost more than the budget: the entry script and the landing page with
 * everything they import statically, the style sheets of those chunks, and the fonts of Latin text. Other routes load
 * on need and do not count.
 */
export function firstLoadBudget(landingPage: string, limitBytes: number): Plugin {
  return {
    name: "first-load-budget",
    apply: "build",
    generateBundle(_options, bundle) {
      if (partsOf(bundle, isPage(landingPage)).size === 0) {
        this.error(`the landing page ${landingPage} is no chunk of this build`);
      }
      const wanted = partsOf(bundle, (chunk) => chunk.isEntry || isPage(landingPage)(chunk));
      for (const font of Object.keys(bundle).filter(isUsualFont)) {
        wanted.add(font);
      }
      let total = 0;
      for (const fileName of wanted) {
        const part = bundle[fileName];
        if (part) {
          const content = part.type === "chunk" ? part.code : part.source;
          total += fileName.endsWith(".woff2") ? content.length : gzipSync(content, { level: 9 }).length;
        }
      }
      const text = `first load: ${(total / 1024).toFixed(1)} KB gzip of ${(limitBytes / 1024).toFixed(0)} KB allowed`;
      if (total > limitBytes) {
        this.error(`${text} (${[...wanted].join(", ")})`);
      }
      this.info(text);
    },
  };
}
