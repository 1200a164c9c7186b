// Loaded before the shop: --import. Settings: OTLP_URL, OTLP_AUTH.
import { trace } from "@opentelemetry/api";
import { OTLPTraceExporter } from "@opentelemetry/exporter-trace-otlp-proto";
import { registerInstrumentations } from "@opentelemetry/instrumentation";
import { HttpInstrumentation } from "@opentelemetry/instrumentation-http";
import { PgInstrumentation } from "@opentelemetry/instrumentation-pg";
import { resourceFromAttributes } from "@opentelemetry/resources";
import { BatchSpanProcessor, NodeTracerProvider } from "@opentelemetry/sdk-trace-node";
import { register } from "node:module";

register("@opentelemetry/instrumentation/hook.mjs", import.meta.url);
const exporter = new OTLPTraceExporter({
  url: process.env.OTLP_URL,
  headers: { "x-sentry-auth": process.env.OTLP_AUTH },
});
const provider = new NodeTracerProvider({
  resource: resourceFromAttributes({ "service.name": "shop", "service.version": "shop@2.0.0" }),
  spanProcessors: [new BatchSpanProcessor(exporter, { scheduledDelayMillis: 200 })],
});
provider.register();
registerInstrumentations({ instrumentations: [new HttpInstrumentation(), new PgInstrumentation()] });

const tracer = trace.getTracer("shop");
globalThis.telemetry = {
  inSpan: (name, work) =>
    tracer.startActiveSpan(name, async (span) => {
      try {
        return await work();
      } finally {
        span.end();
      }
    }),
  // The instrumentation of the database has put it on the query's span.
  report: () => {},
};
