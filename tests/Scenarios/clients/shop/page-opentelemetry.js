import { trace } from "@opentelemetry/api";
import { OTLPTraceExporter } from "@opentelemetry/exporter-trace-otlp-http";
import { registerInstrumentations } from "@opentelemetry/instrumentation";
import { FetchInstrumentation } from "@opentelemetry/instrumentation-fetch";
import { resourceFromAttributes } from "@opentelemetry/resources";
import { SimpleSpanProcessor, WebTracerProvider } from "@opentelemetry/sdk-trace-web";

const exporter = new OTLPTraceExporter({ url: window.otlp.url, headers: { "x-sentry-auth": window.otlp.auth } });
const provider = new WebTracerProvider({
  resource: resourceFromAttributes({ "service.name": "shop-web", "service.version": "shop@2.0.0" }),
  spanProcessors: [new SimpleSpanProcessor(exporter)],
});
provider.register();
registerInstrumentations({ instrumentations: [new FetchInstrumentation({ ignoreUrls: [/v1\/traces/] })] });

addEventListener("load", () =>
  trace.getTracer("shop").startActiveSpan("/", { attributes: { "sentry.op": "pageload" } }, async (span) => {
    const answer = await fetch("/api/cart/7");
    document.title = (await answer.json()).items === 21 ? "bought" : "wrong";
    span.end();
  }),
);
