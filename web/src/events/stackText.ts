import type { EventDetail, ExceptionValue, Frame } from "../api/eventShapes";
import { entryOf, exceptionsOf } from "./entries";
import { functionName, nearLines, placeOf } from "./frames";

const dotted = (frame: Frame) => [frame.module, functionName(frame)].filter(Boolean).join(".");
const path = (frame: Frame) => frame.absPath || frame.filename || "";

/** How a language prints one frame; the newest comes first, but for Python. */
const styles: Record<string, (frame: Frame, index: number) => string> = {
  python: (frame) => {
    const code = frame.context.find(([line]) => line === frame.lineNo)?.[1]?.trim();
    return `  File "${path(frame) || "?"}", line ${frame.lineNo ?? "?"}, in ${functionName(frame)}${code ? `\n    ${code}` : ""}`;
  },
  ruby: (frame) => `    from ${placeOf(frame)}:in '${functionName(frame)}'`,
  go: (frame) => `${dotted(frame)}(...)\n\t${path(frame)}:${frame.lineNo ?? "?"}`,
  php: (frame, index) => `#${index} ${path(frame)}(${frame.lineNo ?? "?"}): ${functionName(frame)}()`,
  java: (frame) => `\tat ${dotted(frame)}(${placeOf(frame)})`,
  csharp: (frame) =>
    `   at ${dotted(frame)}${path(frame) ? ` in ${path(frame)}${frame.lineNo ? `:line ${frame.lineNo}` : ""}` : ""}`,
};

const plainStyle = (frame: Frame) => `    at ${functionName(frame)}${placeOf(frame) ? ` (${placeOf(frame)})` : ""}`;

/** A stack the way the language itself prints it. */
export function rawStack(exception: ExceptionValue, platform: string | null): string {
  const frames = exception.stacktrace?.frames ?? [];
  const title = [exception.type ?? "Error", exception.value].filter(Boolean).join(": ");
  const style = styles[platform ?? ""] ?? plainStyle;
  if (platform === "python") {
    return ["Traceback (most recent call last):", ...frames.map(style), title].join("\n");
  }
  return [title, ...frames.toReversed().map(style)].join("\n");
}

/** All exceptions, the thrown one first, each cause after it. */
export function stackAsText(event: EventDetail): string {
  const texts = exceptionsOf(event).map(({ exception }) => rawStack(exception, event.platform));
  if (texts.length > 0) {
    return texts.join("\n\nCaused by:\n");
  }
  const bare = entryOf(event, "stacktrace")?.data;
  return bare ? rawStack(bareException(event.title, bare), event.platform) : event.message || event.title;
}

/** A stack that came without an exception, as one. */
export function bareException(type: string | null, stacktrace: ExceptionValue["stacktrace"]): ExceptionValue {
  return { type, stacktrace };
}

/** For a ticket or a chat: frames of the application with their code, the others as a count. */
export function stackAsMarkdown(event: EventDetail): string {
  return exceptionsOf(event)
    .map(({ exception }, index) => {
      const title = [exception.type, exception.value].filter(Boolean).join(": ");
      return [`${index === 0 ? "" : "Caused by "}**${escapeMarkdown(title)}**`, "", ...frameList(exception)].join("\n");
    })
    .join("\n\n");
}

function frameList(exception: ExceptionValue): string[] {
  const lines: string[] = [];
  const frames = exception.stacktrace?.frames ?? [];
  const anyOwn = frames.some((frame) => frame.inApp);
  let skipped = 0;
  const flush = () => {
    if (skipped > 0) {
      lines.push(`- … ${skipped} library frame${skipped === 1 ? "" : "s"}`);
      skipped = 0;
    }
  };
  for (const frame of frames.toReversed()) {
    if (anyOwn && !frame.inApp) {
      skipped++;
      continue;
    }
    flush();
    lines.push(`- \`${functionName(frame)}\` in \`${placeOf(frame)}\``);
    const code = nearLines(frame).map(
      ([line, text]) => `  ${line === frame.lineNo ? ">" : " "} ${line}  ${text ?? ""}`,
    );
    if (code.length > 0) {
      lines.push("", "  ```", ...code, "  ```", "");
    }
  }
  flush();
  return lines;
}

export function escapeMarkdown(text: string): string {
  return text.replace(/[\\`*_[\]<>#|]/g, (sign) => `\\${sign}`).replaceAll("\n", " ");
}
