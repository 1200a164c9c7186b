import type { Plugin } from "vite";
import { isPage, isUsualFont, partsOf } from "./bundleParts.ts";

/**
 * Names in the document what a first visit would otherwise find out about one thing after the other: the usual fonts, and
 * for `public/early.js` the parts of the landing page.
 */
export function loadAhead(landingPage: string): Plugin {
  return {
    name: "load-ahead",
    apply: "build",
    transformIndexHtml: {
      order: "post",
      handler(html, { bundle }) {
        if (!bundle) {
          return html;
        }
        const always = partsOf(bundle, (chunk) => chunk.isEntry);
        const landing = [...partsOf(bundle, isPage(landingPage))].filter((part) => !always.has(part));
        return {
          html: html.replace('early.js"', `early.js" data-landing="${landing.join(" ")}"`),
          tags: Object.keys(bundle)
            .filter(isUsualFont)
            .map((font) => ({
              tag: "link",
              injectTo: "head",
              attrs: { rel: "preload", as: "font", type: "font/woff2", crossorigin: true, href: `./${font}` },
            })),
        };
      },
    },
  };
}
