import { expect, it } from "vitest";
import { platforms } from "./platforms";
import { otlpSnippet, tracingSnippet } from "./tracing";

const dsn = "https://9f3c1e5a@errors.example.com:9000/42";

it("has the way in for every platform of the picker", () => {
  for (const { id } of platforms) {
    expect(tracingSnippet(id, dsn).code).toMatch(/9f3c1e5a/);
  }
});

it("falls back to the platform a name begins with, and to OpenTelemetry", () => {
  expect(tracingSnippet("python-fastapi", dsn)).toEqual(tracingSnippet("python", dsn));
  expect(tracingSnippet("elixir", dsn)).toEqual(otlpSnippet(dsn));
});

it("takes the address of OTLP out of the DSN", () => {
  expect(otlpSnippet(dsn).code.split("\n")).toEqual([
    "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT=https://errors.example.com:9000/api/42/otlp/v1/traces",
    "OTEL_EXPORTER_OTLP_TRACES_HEADERS=x-sentry-auth=sentry sentry_key=9f3c1e5a",
    "OTEL_EXPORTER_OTLP_TRACES_PROTOCOL=http/protobuf",
  ]);
});
