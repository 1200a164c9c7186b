/** A piece of text to put somewhere: a file or a terminal. */
export interface Snippet {
  where: string;
  code: string;
}

export interface Platform {
  /** As Sentry names it in a project's `platform`. */
  id: string;
  name: string;
  /** Two letters that stand for it in the picker. */
  letters: string;
  /** What to install, where the DSN goes, and an error to try it with. */
  steps: (dsn: string) => Snippet[];
}

const shell = (code: string): Snippet => ({ where: "Terminal", code });

export const platforms: readonly Platform[] = [
  {
    id: "javascript",
    name: "Browser JavaScript",
    letters: "JS",
    steps: (dsn) => [
      shell("npm install @sentry/browser"),
      {
        where: "First lines of the bundle",
        code: `import * as Sentry from "@sentry/browser";\n\nSentry.init({\n  dsn: "${dsn}",\n});`,
      },
      { where: "Try it", code: `setTimeout(() => {\n  throw new Error("First error from the browser");\n});` },
    ],
  },
  {
    id: "javascript-react",
    name: "React",
    letters: "Re",
    steps: (dsn) => [
      shell("npm install @sentry/react"),
      {
        where: "src/main.jsx",
        code: `import * as Sentry from "@sentry/react";
import { createRoot } from "react-dom/client";

Sentry.init({
  dsn: "${dsn}",
});

createRoot(document.getElementById("root"), {
  onUncaughtError: Sentry.reactErrorHandler(),
  onCaughtError: Sentry.reactErrorHandler(),
  onRecoverableError: Sentry.reactErrorHandler(),
}).render(<App />);`,
      },
      {
        where: "Try it",
        code: `<button onClick={() => { throw new Error("First error from React"); }}>Break</button>`,
      },
    ],
  },
  {
    id: "javascript-nextjs",
    name: "Next.js",
    letters: "Nx",
    steps: (dsn) => [
      shell("npm install @sentry/nextjs"),
      {
        where: "instrumentation-client.ts",
        code: `import * as Sentry from "@sentry/nextjs";\n\nSentry.init({\n  dsn: "${dsn}",\n});`,
      },
      {
        where: "instrumentation.ts",
        code: `import * as Sentry from "@sentry/nextjs";

export function register() {
  Sentry.init({
    dsn: "${dsn}",
  });
}

export const onRequestError = Sentry.captureRequestError;`,
      },
      {
        where: "Try it: app/broken/page.tsx",
        code: `export const dynamic = "force-dynamic";\n\nexport default function Broken() {\n  throw new Error("First error from Next.js");\n}`,
      },
    ],
  },
  {
    id: "node",
    name: "Node.js",
    letters: "No",
    steps: (dsn) => [
      shell("npm install @sentry/node"),
      {
        where: "instrument.mjs",
        code: `import * as Sentry from "@sentry/node";\n\nSentry.init({\n  dsn: "${dsn}",\n});`,
      },
      { where: "Start the app with it", code: "node --import ./instrument.mjs app.mjs" },
      { where: "Try it", code: `setTimeout(() => {\n  throw new Error("First error from Node.js");\n});` },
    ],
  },
  {
    id: "node-express",
    name: "Express",
    letters: "Ex",
    steps: (dsn) => [
      shell("npm install @sentry/node"),
      {
        where: "instrument.mjs",
        code: `import * as Sentry from "@sentry/node";\n\nSentry.init({\n  dsn: "${dsn}",\n});`,
      },
      {
        where: "app.mjs, after all routes",
        code: `import * as Sentry from "@sentry/node";\nimport express from "express";\n\nconst app = express();\n\napp.get("/broken", () => {\n  throw new Error("First error from Express");\n});\n\nSentry.setupExpressErrorHandler(app);\napp.listen(3000);`,
      },
      { where: "Start it and open /broken", code: "node --import ./instrument.mjs app.mjs" },
    ],
  },
  {
    id: "python",
    name: "Python",
    letters: "Py",
    steps: (dsn) => [
      shell("pip install sentry-sdk"),
      { where: "At the start of the program", code: `import sentry_sdk\n\nsentry_sdk.init(\n    dsn="${dsn}",\n)` },
      { where: "Try it", code: `raise ValueError("First error from Python")` },
    ],
  },
  {
    id: "python-django",
    name: "Django",
    letters: "Dj",
    steps: (dsn) => [
      shell(`pip install "sentry-sdk[django]"`),
      {
        where: "settings.py",
        code: `import sentry_sdk\n\nsentry_sdk.init(\n    dsn="${dsn}",\n    send_default_pii=False,\n)`,
      },
      {
        where: "Try it: urls.py",
        code: `from django.urls import path\n\ndef broken(request):\n    raise ValueError("First error from Django")\n\nurlpatterns = [\n    path("broken/", broken),\n]`,
      },
    ],
  },
  {
    id: "python-flask",
    name: "Flask",
    letters: "Fl",
    steps: (dsn) => [
      shell(`pip install "sentry-sdk[flask]"`),
      {
        where: "app.py",
        code: `import sentry_sdk
from flask import Flask

sentry_sdk.init(
    dsn="${dsn}",
)

app = Flask(__name__)

@app.route("/broken")
def broken():
    raise ValueError("First error from Flask")`,
      },
    ],
  },
  {
    id: "dotnet-aspnetcore",
    name: "ASP.NET Core",
    letters: "As",
    steps: (dsn) => [
      shell("dotnet add package Sentry.AspNetCore"),
      {
        where: "Program.cs",
        code: `var builder = WebApplication.CreateBuilder(args);

builder.WebHost.UseSentry(options =>
{
    options.Dsn = "${dsn}";
});

var app = builder.Build();

app.MapGet("/broken", string () => throw new InvalidOperationException("First error from ASP.NET Core"));

app.Run();`,
      },
    ],
  },
  {
    id: "dotnet",
    name: ".NET",
    letters: ".N",
    steps: (dsn) => [
      shell("dotnet add package Sentry"),
      {
        where: "Program.cs",
        code: `using var sentry = SentrySdk.Init(options =>\n{\n    options.Dsn = "${dsn}";\n});\n\nthrow new InvalidOperationException("First error from .NET");`,
      },
    ],
  },
  {
    id: "java",
    name: "Java",
    letters: "Ja",
    steps: (dsn) => [
      { where: "build.gradle.kts", code: `implementation("io.sentry:sentry:8.+")` },
      {
        where: "Main.java",
        code: `import io.sentry.Sentry;

public class Main {
    public static void main(String[] args) {
        Sentry.init(options -> options.setDsn("${dsn}"));

        throw new IllegalStateException("First error from Java");
    }
}`,
      },
    ],
  },
  {
    id: "java-spring-boot",
    name: "Spring Boot",
    letters: "Sp",
    steps: (dsn) => [
      { where: "build.gradle.kts", code: `implementation("io.sentry:sentry-spring-boot-starter-jakarta:8.+")` },
      { where: "application.properties", code: `sentry.dsn=${dsn}` },
      {
        where: "Try it",
        code: `@GetMapping("/broken")\nString broken() {\n    throw new IllegalStateException("First error from Spring Boot");\n}`,
      },
    ],
  },
  {
    id: "go",
    name: "Go",
    letters: "Go",
    steps: (dsn) => [
      shell("go get github.com/getsentry/sentry-go"),
      {
        where: "main.go",
        code: `package main

import (
	"errors"
	"log"
	"time"

	"github.com/getsentry/sentry-go"
)

func main() {
	err := sentry.Init(sentry.ClientOptions{
		Dsn: "${dsn}",
	})
	if err != nil {
		log.Fatal(err)
	}
	defer sentry.Flush(2 * time.Second)

	sentry.CaptureException(errors.New("first error from Go"))
}`,
      },
    ],
  },
  {
    id: "ruby",
    name: "Ruby",
    letters: "Rb",
    steps: (dsn) => [
      shell("bundle add sentry-ruby"),
      {
        where: "At the start of the program",
        code: `require "sentry-ruby"\n\nSentry.init do |config|\n  config.dsn = "${dsn}"\nend`,
      },
      {
        where: "Try it",
        code: `begin\n  raise "First error from Ruby"\nrescue => error\n  Sentry.capture_exception(error)\nend`,
      },
    ],
  },
  {
    id: "ruby-rails",
    name: "Rails",
    letters: "Ra",
    steps: (dsn) => [
      shell("bundle add sentry-ruby sentry-rails"),
      {
        where: "config/initializers/sentry.rb",
        code: `Sentry.init do |config|\n  config.dsn = "${dsn}"\n  config.breadcrumbs_logger = [:active_support_logger, :http_logger]\nend`,
      },
      { where: "Try it: rails console", code: `Sentry.capture_message("First message from Rails")` },
    ],
  },
  {
    id: "php",
    name: "PHP",
    letters: "Ph",
    steps: (dsn) => [
      shell("composer require sentry/sentry"),
      {
        where: "At the start of the program",
        code: `\\Sentry\\init([\n    'dsn' => '${dsn}',\n]);\n\nthrow new \\RuntimeException('First error from PHP');`,
      },
    ],
  },
  {
    id: "php-laravel",
    name: "Laravel",
    letters: "La",
    steps: (dsn) => [
      shell("composer require sentry/sentry-laravel"),
      {
        where: "bootstrap/app.php",
        code: `use Sentry\\Laravel\\Integration;\n\n->withExceptions(function (Exceptions $exceptions) {\n    Integration::handles($exceptions);\n})`,
      },
      { where: ".env", code: `SENTRY_LARAVEL_DSN=${dsn}` },
      { where: "Try it", code: "php artisan sentry:test" },
    ],
  },
  {
    id: "rust",
    name: "Rust",
    letters: "Rs",
    steps: (dsn) => [
      shell("cargo add sentry"),
      {
        where: "src/main.rs",
        code: `fn main() {
    let _guard = sentry::init((
        "${dsn}",
        sentry::ClientOptions {
            release: sentry::release_name!(),
            ..Default::default()
        },
    ));

    panic!("First error from Rust");
}`,
      },
    ],
  },
  {
    id: "native",
    name: "Native (C, C++)",
    letters: "C",
    steps: (dsn) => [
      {
        where: "main.c, linked with libsentry",
        code: `#include <sentry.h>

int main(void) {
  sentry_options_t *options = sentry_options_new();
  sentry_options_set_dsn(options, "${dsn}");
  sentry_init(options);

  sentry_capture_event(sentry_value_new_message_event(
      SENTRY_LEVEL_ERROR, "start", "First message from native code"));

  sentry_close();
  return 0;
}`,
      },
    ],
  },
  {
    id: "other",
    name: "Anything with HTTP",
    letters: "::",
    steps: (dsn) => [{ where: "Terminal", code: curlOf(dsn) }],
  },
];

/** An event by hand, for languages without an SDK and to see that the way is open. */
function curlOf(dsn: string): string {
  const parts = /^(https?):\/\/([^@]+)@(.+)\/(\d+)$/.exec(dsn);
  if (!parts) {
    return `# The DSN is ${dsn}`;
  }
  const [, scheme, key, host, project] = parts;
  return [
    `curl '${scheme}://${host}/api/${project}/store/' \\`,
    `  -H 'X-Sentry-Auth: Sentry sentry_version=7, sentry_key=${key}, sentry_client=curl/1.0' \\`,
    `  -H 'Content-Type: application/json' \\`,
    `  -d '{"message": "First message by hand", "level": "error", "platform": "other"}'`,
  ].join("\n");
}

/** The platform of a project, also when its name is more exact than ours (`python-fastapi` is Python). */
export function platformOf(id: string | null | undefined): Platform | undefined {
  return platforms.find((one) => one.id === id) ?? platforms.find((one) => one.id === id?.split("-", 1)[0]);
}
