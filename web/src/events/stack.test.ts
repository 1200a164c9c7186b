import { describe, expect, it } from "vitest";
import type { EventDetail, Frame } from "../api/eventShapes";
import { topFrame } from "./entries";
import { foldedLabel, groupFrames, libraryOf, nearLines, placeOf } from "./frames";
import { metaOf, remarkText } from "./meta";
import { rawStack, stackAsMarkdown } from "./stackText";

const frame = (part: Partial<Frame>): Frame => ({ inApp: false, context: [], ...part });

const own = frame({
  filename: "src/cart.ts",
  function: "total",
  lineNo: 3,
  colNo: 9,
  inApp: true,
  context: [1, 2, 3, 4, 5, 6].map((line) => [line, `line ${line}`]),
});
const express = frame({ absPath: "/app/node_modules/express/lib/router/layer.js", function: "handle" });
const scoped = frame({ absPath: "/app/node_modules/.pnpm/@a+b@1/node_modules/@a/b/x.js", function: "run" });

const exception = (value: string, frames: Frame[]) => ({
  type: "TypeError",
  value,
  stacktrace: { frames },
});

function event(frames: Frame[]): EventDetail {
  const entries = [{ type: "exception", data: { values: [exception("x is *not* a function", frames)] } }];
  return { platform: "node", title: "", message: "", entries, _meta: null } as unknown as EventDetail;
}

describe("folding", () => {
  it("puts the newest frame first and folds neighbouring library frames", () => {
    const groups = groupFrames([express, express, own, scoped]);
    expect(groups.map((group) => (group.kind === "folded" ? group.frames.length : group.frame.function))).toEqual([
      1,
      "total",
      2,
    ]);
  });

  it("folds nothing when no frame is the application's", () => {
    expect(groupFrames([express, scoped]).every((group) => group.kind === "frame")).toBe(true);
  });

  it("names the libraries of a fold, the most frequent first", () => {
    const many = [scoped, express, express].map((one) => ({ frame: one }));
    expect(foldedLabel(many)).toBe("3 frames in express and @a/b");
    expect(foldedLabel([{ frame: frame({}) }])).toBe("1 frame");
  });
});

describe("the library of a frame", () => {
  it.each([
    [{ absPath: "/usr/lib/python3/dist-packages/django/core/handlers/base.py" }, "django"],
    [{ absPath: "/var/lib/gems/3.1.0/gems/rack-2.2.4/lib/rack/head.rb" }, "rack"],
    [{ absPath: "/root/go/pkg/mod/github.com/gin-gonic/gin@v1.9/context.go" }, "github.com/gin-gonic/gin"],
    [{ package: "System.Private.CoreLib, Version=8.0.0.0, Culture=neutral" }, "System.Private.CoreLib"],
    [{ package: "/usr/lib/x86_64-linux-gnu/libc.so.6" }, "libc.so.6"],
    [{ module: "org.springframework.web.servlet.DispatcherServlet" }, "org.springframework.web"],
    [{ filename: "node:internal/modules/cjs/loader" }, "node:internal"],
    [{}, undefined],
  ])("%o is of %s", (part, name) => {
    expect(libraryOf(frame(part))).toBe(name);
  });
});

it("blames the newest frame of the application", () => {
  expect(topFrame(event([own, frame({ inApp: true, function: "newest" }), express]))?.function).toBe("newest");
  expect(topFrame(event([express, scoped]))?.function).toBe("run");
});

it("shows two lines on either side of the failing one", () => {
  expect(nearLines(own).map(([line]) => line)).toEqual([1, 2, 3, 4, 5]);
  expect(placeOf(own)).toBe("src/cart.ts:3:9");
});

it("prints a stack as its language would", () => {
  expect(rawStack(exception("bad", [own]), "python")).toBe(
    'Traceback (most recent call last):\n  File "src/cart.ts", line 3, in total\n    line 3\nTypeError: bad',
  );
  expect(rawStack(exception("bad", [express, own]), "node")).toBe(
    "TypeError: bad\n    at total (src/cart.ts:3:9)\n    at handle (/app/node_modules/express/lib/router/layer.js)",
  );
});

it("writes Markdown in which nothing of the message can act as markup", () => {
  const markdown = stackAsMarkdown(event([express, own]));
  expect(markdown).toContain("x is \\*not\\* a function");
  expect(markdown).toContain("- `total` in `src/cart.ts:3:9`");
  expect(markdown).toContain("> 3  line 3");
  expect(markdown).toContain("… 1 library frame");
});

describe("remarks", () => {
  it("are found along the path of the field", () => {
    const tree = { user: { email: { "": { rem: [["@email:replace", "s", 0, 7]] } } } };
    expect(remarkText(metaOf(tree as never, "user", "email"))).toBe("replaced by rule @email:replace");
    expect(remarkText(metaOf(tree as never, "user", "id"))).toBeUndefined();
  });

  it("tell how long a shortened value was", () => {
    expect(remarkText({ "": { rem: [["!limit", "s", 512, 515]], len: 300000 } })).toBe(
      "shortened from 300,000 characters",
    );
  });
});
