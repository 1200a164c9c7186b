import { platformOf, platforms, type Snippet } from "./platforms";

type Line = (dsn: string) => Snippet;

const javascript: Line = (dsn) => ({
  where: "First lines of the bundle",
  code: `import * as Sentry from "@sentry/browser";

Sentry.init({
  dsn: "${dsn}",
  integrations: [Sentry.browserTracingIntegration()],
  tracesSampleRate: 1.0,
});`,
});

const react: Line = (dsn) => ({
  where: "src/main.jsx",
  code: javascript(dsn).code.replace("@sentry/browser", "@sentry/react"),
});

const node: Line = (dsn) => ({
  where: "instrument.mjs, loaded with node --import ./instrument.mjs",
  code: `import * as Sentry from "@sentry/node";\n\nSentry.init({\n  dsn: "${dsn}",\n  tracesSampleRate: 1.0,\n});`,
});

const python: Line = (dsn) => ({
  where: "First lines of the program",
  code: `import sentry_sdk\n\nsentry_sdk.init(\n    dsn="${dsn}",\n    traces_sample_rate=1.0,\n)`,
});

const dotnet: Line = (dsn) => ({
  where: "Program.cs",
  code: `SentrySdk.Init(options =>\n{\n    options.Dsn = "${dsn}";\n    options.TracesSampleRate = 1.0;\n});`,
});

const aspnetcore: Line = (dsn) => ({
  where: "Program.cs",
  code: `builder.WebHost.UseSentry(options =>\n{\n    options.Dsn = "${dsn}";\n    options.TracesSampleRate = 1.0;\n});`,
});

const java: Line = (dsn) => ({
  where: "First lines of main",
  code: `Sentry.init(options -> {\n  options.setDsn("${dsn}");\n  options.setTracesSampleRate(1.0);\n});`,
});

const spring: Line = (dsn) => ({
  where: "application.properties",
  code: `sentry.dsn=${dsn}\nsentry.traces-sample-rate=1.0`,
});

const go: Line = (dsn) => ({
  where: "main.go",
  code: `err := sentry.Init(sentry.ClientOptions{
	Dsn:              "${dsn}",
	EnableTracing:    true,
	TracesSampleRate: 1.0,
})`,
});

const ruby: Line = (dsn) => ({
  where: "config/initializers/sentry.rb",
  code: `Sentry.init do |config|\n  config.dsn = "${dsn}"\n  config.traces_sample_rate = 1.0\nend`,
});

const php: Line = (dsn) => ({
  where: "First lines of the program",
  code: `\\Sentry\\init([\n    'dsn' => '${dsn}',\n    'traces_sample_rate' => 1.0,\n]);`,
});

const laravel: Line = (dsn) => ({ where: ".env", code: `SENTRY_LARAVEL_DSN=${dsn}\nSENTRY_TRACES_SAMPLE_RATE=1.0` });

const rust: Line = (dsn) => ({
  where: "main.rs",
  code: `let _guard = sentry::init(("${dsn}", sentry::ClientOptions {
    release: sentry::release_name!(),
    traces_sample_rate: 1.0,
    ..Default::default()
}));`,
});

const lines: Readonly<Record<string, Line>> = {
  javascript,
  "javascript-react": react,
  "javascript-nextjs": (dsn) => ({
    where: "instrumentation-client.ts and instrumentation.ts",
    code: `Sentry.init({\n  dsn: "${dsn}",\n  tracesSampleRate: 1.0,\n});`,
  }),
  node,
  "node-express": node,
  python,
  "python-django": (dsn) => ({ ...python(dsn), where: "settings.py" }),
  "python-flask": python,
  dotnet,
  "dotnet-aspnetcore": aspnetcore,
  java,
  "java-spring-boot": spring,
  go,
  ruby,
  "ruby-rails": ruby,
  php,
  "php-laravel": laravel,
  rust,
};

/** The platforms whose SDK sends traces, for a picker. */
export const tracedPlatforms = platforms
  .filter(({ id }) => id in lines)
  .map(({ id, name }) => ({ value: id, label: name }));

/** The platform of a project among those. */
export function tracedPlatform(platform: string | null | undefined): string | undefined {
  const id = platformOf(platform)?.id;
  return id !== undefined && id in lines ? id : undefined;
}

/** Where a platform's SDK is told to send traces. Where it has no such line, OpenTelemetry's way. */
export function tracingSnippet(platform: string | null | undefined, dsn: string): Snippet {
  const line = lines[platformOf(platform)?.id ?? ""];
  return line ? line(dsn) : otlpSnippet(dsn);
}

/** The variables that every OpenTelemetry SDK reads. */
export function otlpSnippet(dsn: string): Snippet {
  const [, scheme, key, host, project] = /^(https?):\/\/([^@]+)@(.+)\/([^/]+)$/.exec(dsn) ?? [];
  return {
    where: "Environment of the program",
    code: [
      `OTEL_EXPORTER_OTLP_TRACES_ENDPOINT=${scheme}://${host}/api/${project}/otlp/v1/traces`,
      `OTEL_EXPORTER_OTLP_TRACES_HEADERS=x-sentry-auth=sentry sentry_key=${key}`,
      "OTEL_EXPORTER_OTLP_TRACES_PROTOCOL=http/protobuf",
    ].join("\n"),
  };
}
