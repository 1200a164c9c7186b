// Loaded before the shop: --import. Settings: SHOP_SDK (the package), SENTRY_DSN.
const Sentry = await import(process.env.SHOP_SDK);

Sentry.init({
  dsn: process.env.SENTRY_DSN,
  release: "shop@2.0.0",
  environment: "production",
  tracesSampleRate: 1,
});

globalThis.telemetry = {
  inSpan: (name, work) => Sentry.startSpan({ name, op: "function" }, work),
  report: (error) => Sentry.captureException(error),
};
