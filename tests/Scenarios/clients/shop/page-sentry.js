import * as Sentry from "@sentry/browser";

Sentry.init({
  dsn: window.dsn,
  release: "shop@2.0.0",
  environment: "production",
  integrations: [Sentry.browserTracingIntegration({ enableInp: true })],
  tracesSampleRate: 1,
  tracePropagationTargets: [/\/api\//],
});
Sentry.setUser({ id: "7", email: "ada@example.com" });

// What the page itself measures, to compare with what arrives.
window.measured = { cls: 0 };
new PerformanceObserver((list) => {
  window.measured.lcp = list.getEntries().at(-1).startTime;
}).observe({ type: "largest-contentful-paint", buffered: true });
new PerformanceObserver((list) => {
  window.measured.fcp = list.getEntriesByName("first-contentful-paint")[0]?.startTime ?? window.measured.fcp;
}).observe({ type: "paint", buffered: true });

addEventListener("load", async () => {
  window.measured.ttfb = performance.getEntriesByType("navigation")[0].responseStart;
  const answer = await fetch("/api/cart/7");
  document.title = (await answer.json()).items === 21 ? "bought" : "wrong";
});
