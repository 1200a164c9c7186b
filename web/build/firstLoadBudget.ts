import { gzipSync } from "node:zlib";
import type { Plugin } from "vite";

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
      const wanted = new Set<string>();
      const visit = (fileName: string): void => {
        const part = bundle[fileName];
        if (!part || wanted.has(fileName)) {
          return;
        }
        wanted.add(fileName);
        if (part.type === "chunk") {
          part.imports.forEach(visit);
          part.viteMetadata?.importedCss.forEach(visit);
        }
      };
      let landed = false;
      for (const [fileName, part] of Object.entries(bundle)) {
        const landing = part.type === "chunk" && part.facadeModuleId?.endsWith(landingPage) === true;
        landed ||= landing;
        if (landing || (part.type === "chunk" && part.isEntry) || /-latin-wght-normal.*\.woff2$/.test(fileName)) {
          visit(fileName);
        }
      }
      if (!landed) {
        this.error(`the landing page ${landingPage} is no chunk of this build`);
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
