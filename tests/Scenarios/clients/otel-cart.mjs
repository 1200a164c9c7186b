// A service that is instrumented with OpenTelemetry alone. Arguments: exporter (grpc, proto, http), its address, the client key.
// Prints the trace's id.
import { SpanKind, SpanStatusCode, context, trace } from "@opentelemetry/api";
import { resourceFromAttributes } from "@opentelemetry/resources";
import { BasicTracerProvider, BatchSpanProcessor } from "@opentelemetry/sdk-trace-base";

const [exporter, url, key] = process.argv.slice(2);
const { OTLPTraceExporter } = await import(`@opentelemetry/exporter-trace-otlp-${exporter}`);

async function optionsOf() {
  const header = `sentry sentry_key=${key}`;
  if (exporter !== "grpc") {
    return { url, headers: { "x-sentry-auth": header }, compression: "gzip" };
  }
  const { Metadata } = await import("@grpc/grpc-js");
  const metadata = new Metadata();
  metadata.set("x-sentry-auth", header);
  return { url, metadata, compression: "gzip" };
}

const provider = new BasicTracerProvider({
  resource: resourceFromAttributes({
    "service.name": "cart",
    "service.version": "1.4.2",
    "deployment.environment.name": "production",
    "telemetry.sdk.language": "nodejs",
  }),
  spanProcessors: [new BatchSpanProcessor(new OTLPTraceExporter(await optionsOf()))],
});
const tracer = provider.getTracer("cart", "1.0.0");

function load() {
  throw new RangeError("no cart 7");
}

const request = tracer.startSpan("GET /cart", {
  kind: SpanKind.SERVER,
  attributes: { "http.request.method": "GET", "http.route": "/cart", "http.response.status_code": 500 },
});
const query = tracer.startSpan(
  "SELECT carts",
  { kind: SpanKind.CLIENT, attributes: { "db.system.name": "postgresql", "db.query.text": "SELECT * FROM carts WHERE id = 7" } },
  trace.setSpan(context.active(), request),
);
try {
  load();
} catch (error) {
  query.recordException(error);
  query.setStatus({ code: SpanStatusCode.ERROR, message: error.message });
}
query.end();
request.end();
await provider.forceFlush();
await provider.shutdown();
console.log(request.spanContext().traceId);
