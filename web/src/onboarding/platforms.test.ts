import { describe, expect, it } from "vitest";
import { platformOf, platforms } from "./platforms";

const dsn = "https://9f3c1e5a7b2d4c6e8f0a1b2c3d4e5f60@tocsin.example.com:9000/errors/7";

describe.each(platforms.filter((platform) => platform.id !== "other"))("$name", ({ steps }) => {
  it("shows the DSN of the project, whole", () => {
    expect(steps(dsn).some((step) => step.code.includes(dsn))).toBe(true);
  });
});

it("turns the DSN into a request by hand, with port and path prefix kept", () => {
  const code = platformOf("other")?.steps(dsn)[0]?.code;
  expect(code).toContain("curl 'https://tocsin.example.com:9000/errors/api/7/store/'");
  expect(code).toContain("sentry_key=9f3c1e5a7b2d4c6e8f0a1b2c3d4e5f60");
});

it("finds the language of a framework it does not know", () => {
  expect(platformOf("python-fastapi")?.id).toBe("python");
  expect(platformOf("python-django")?.id).toBe("python-django");
  expect(platformOf(null)).toBeUndefined();
});
