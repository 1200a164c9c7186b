import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";
import { compileAtOnce } from "./build/compileAtOnce.ts";
import { entryParts, landingParts } from "./build/firstChunks.ts";
import { firstLoadBudget } from "./build/firstLoadBudget.ts";
import { loadAhead } from "./build/loadAhead.ts";

const server = process.env.TOCSIN_URL ?? "http://127.0.0.1:9000";

const landingPage = "src/issues/IssueListPage.tsx";

export default defineConfig({
  // The server puts the path before these that TOCSIN_URL has; scripts find their parts beside themselves.
  base: "./",
  plugins: [react(), firstLoadBudget(landingPage, 300 * 1024), loadAhead(landingPage), compileAtOnce()],
  server: { proxy: { "/api": { target: server, changeOrigin: false } } },
  build: {
    target: "es2023",
    outDir: "dist",
    // The content policy allows no inline code and no data: fonts, so nothing may be inlined.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    rolldownOptions: {
      output: {
        codeSplitting: { groups: [entryParts, landingParts(landingPage)] },
      },
    },
  },
  test: { environment: "node", include: ["src/**/*.test.ts"] },
});
