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
window.measured = { cls: 0, inp: 0 };
new PerformanceObserver((list) => {
  window.measured.lcp = list.getEntries().at(-1).startTime;
}).observe({ type: "largest-contentful-paint", buffered: true });
new PerformanceObserver((list) => {
  window.measured.fcp = list.getEntriesByName("first-contentful-paint")[0]?.startTime ?? window.measured.fcp;
}).observe({ type: "paint", buffered: true });
// Shifts count together while each follows the one before within a second, and all lie within five.
let shifts = [];
new PerformanceObserver((list) => {
  for (const shift of list.getEntries().filter((entry) => !entry.hadRecentInput)) {
    const goesOn = shift.startTime - shifts.at(-1)?.startTime < 1000 && shift.startTime - shifts[0].startTime < 5000;
    shifts = goesOn ? [...shifts, shift] : [shift];
    const sum = shifts.reduce((all, one) => all + one.value, 0);
    window.measured.cls = Math.max(window.measured.cls, sum);
  }
}).observe({ type: "layout-shift", buffered: true });
new PerformanceObserver((list) => {
  const answers = list.getEntries().filter((event) => event.interactionId > 0);
  window.measured.inp = Math.max(window.measured.inp, ...answers.map((event) => event.duration));
}).observe({ type: "event", durationThreshold: 16, buffered: true });

document.querySelector("button").addEventListener("click", () => {
  for (const end = performance.now() + 150; performance.now() < end; );
});

addEventListener("load", async () => {
  window.measured.ttfb = performance.getEntriesByType("navigation")[0].responseStart;
  const answer = await fetch("/api/cart/7");
  // It comes late, and what is there already moves down.
  const notice = document.createElement("div");
  notice.style.height = "150px";
  document.body.prepend(notice);
  document.title = (await answer.json()).items === 21 ? "bought" : "wrong";
});
