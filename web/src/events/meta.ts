import type { MetaRemark, MetaTree } from "../api/eventShapes";
import { exactNumber } from "../design/format";

/** The part of the remarks that belongs to a field below this one. */
export function metaOf(tree: MetaTree | null | undefined, ...path: (string | number)[]): MetaTree | undefined {
  let node: MetaTree | MetaRemark | null | undefined = tree;
  for (const key of path) {
    if (typeof node !== "object" || node === null) {
      return undefined;
    }
    node = (node as MetaTree)[key];
  }
  return (node as MetaTree | undefined) ?? undefined;
}

const deeds: Record<string, string> = {
  x: "removed",
  s: "replaced",
  m: "masked",
  p: "hashed",
  e: "encrypted",
  a: "marked",
};

/** What was done to a field, in one line; undefined when nothing was. */
export function remarkText(tree: MetaTree | undefined): string | undefined {
  const remark = tree?.[""] as MetaRemark | undefined;
  if (!remark) {
    return undefined;
  }
  const parts: string[] = [];
  for (const [rule, what] of remark.rem ?? []) {
    if (rule === "!limit") {
      parts.push(remark.len ? `shortened from ${exactNumber(remark.len)} characters` : "shortened");
    } else {
      parts.push(`${deeds[what] ?? "changed"} by rule ${rule}`);
    }
  }
  for (const err of remark.err ?? []) {
    const [kind] = typeof err === "string" ? [err] : err;
    parts.push(kind.replaceAll("_", " "));
  }
  if (parts.length === 0 && remark.len) {
    parts.push(`shortened from ${exactNumber(remark.len)} characters`);
  }
  return parts.length > 0 ? [...new Set(parts)].join("; ") : undefined;
}
