import type { CodeLine, Frame } from "../api/eventShapes";

export interface PlacedFrame {
  frame: Frame;
  /** Where it stands in the event, for the remarks on it. */
  index: number;
}

/** One frame, or several of libraries folded together. */
export type FrameGroup = ({ kind: "frame" } & PlacedFrame) | { kind: "folded"; frames: PlacedFrame[] };

/**
 * Newest first. Neighbouring library frames fold into one; without any frame of the application nothing folds,
 * because then the libraries are all there is to read.
 */
export function groupFrames(frames: readonly Frame[]): FrameGroup[] {
  const groups: FrameGroup[] = [];
  const folding = frames.some((frame) => frame.inApp);
  for (const one of frames.map((frame, index) => ({ frame, index })).toReversed()) {
    const last = groups.at(-1);
    if (one.frame.inApp || !folding) {
      groups.push({ kind: "frame", ...one });
    } else if (last?.kind === "folded") {
      last.frames.push(one);
    } else {
      groups.push({ kind: "folded", frames: [one] });
    }
  }
  return groups;
}

const libraryPatterns = [
  /node_modules\/(?:\.pnpm\/[^/]+\/node_modules\/)?((?:@[^/]+\/)?[^/]+)/,
  /(?:site|dist)-packages\/([^/]+?)(?:\.py)?(?:\/|$)/,
  /\/gems\/([^/]+?)-\d[^/]*\//,
  /\/(?:pkg\/mod|vendor)\/((?:[\w-]+\.)+\w+\/[^/]+\/[^/@]+)/,
  /\/vendor\/([^/]+\/[^/]+)\//,
  /^(node:\w+)/,
  /\/lib\/(python[\d.]+)\//,
];

/** The library a frame belongs to, as its users call it; undefined when nothing tells. */
export function libraryOf(frame: Frame): string | undefined {
  const path = (frame.absPath ?? frame.filename ?? "").replaceAll("\\", "/");
  for (const pattern of libraryPatterns) {
    const name = pattern.exec(path)?.[1];
    if (name) {
      return name;
    }
  }
  if (frame.package) {
    return /,\s*Version=/.test(frame.package) ? frame.package.split(",", 1)[0] : lastPart(frame.package);
  }
  const module = frame.module ?? "";
  if (module.includes(".")) {
    const parts = module.split(".");
    return parts.slice(0, /^(com|org|io|net|java|javax)$/.test(parts[0] ?? "") ? 3 : 1).join(".");
  }
  return module || undefined;
}

function lastPart(path: string): string | undefined {
  return path.replaceAll("\\", "/").split("/").pop() || undefined;
}

/** `12 frames in express and 2 others`. */
export function foldedLabel(frames: readonly Pick<PlacedFrame, "frame">[]): string {
  const counts = new Map<string, number>();
  for (const { frame } of frames) {
    const name = libraryOf(frame);
    if (name) {
      counts.set(name, (counts.get(name) ?? 0) + 1);
    }
  }
  const names = [...counts.entries()].sort((a, b) => b[1] - a[1]).map(([name]) => name);
  const what = `${frames.length} frame${frames.length === 1 ? "" : "s"}`;
  if (names.length === 0) {
    return what;
  }
  const others = names.length - 1;
  const rest = others === 0 ? "" : others === 1 ? ` and ${names[1]}` : ` and ${others} others`;
  return `${what} in ${names[0]}${rest}`;
}

/** What the frame is called: its function, else what is known of it. */
export function functionName(frame: Frame): string {
  return frame.function || frame.rawFunction || frame.instructionAddr || "<unknown>";
}

/** `src/cart.ts:24:125`, or the module, or the address. */
export function placeOf(frame: Frame): string {
  const file = frame.filename || frame.absPath || frame.module || lastPart(frame.package ?? "");
  if (!file) {
    return frame.instructionAddr ?? "";
  }
  return frame.lineNo ? `${file}:${frame.lineNo}${frame.colNo ? `:${frame.colNo}` : ""}` : file;
}

/** The lines around the failing one: two before and two after. */
export function nearLines(frame: Frame, around = 2): CodeLine[] {
  const { lineNo, context } = frame;
  return context.filter(([number]) => typeof lineNo !== "number" || Math.abs(number - lineNo) <= around);
}

export function codeLine(frame: Frame): string | undefined {
  return frame.context.find(([number]) => number === frame.lineNo)?.[1]?.trim() || undefined;
}
