import type { Breadcrumb, MetaTree } from "../api/eventShapes";
import { duration } from "../design/format";
import { metaOf } from "./meta";

export interface TrailStep {
  crumb: Breadcrumb;
  meta: MetaTree | undefined;
  level: string;
  category: string;
}

/** Breadcrumbs from the newest to the oldest, with what is missing filled in. */
export function trailOf(values: readonly Breadcrumb[], meta: MetaTree | undefined): TrailStep[] {
  return values
    .map((crumb, index) => ({
      crumb,
      meta: metaOf(meta, "values", index),
      level: crumb.level || "info",
      category: crumb.category || crumb.type || "default",
    }))
    .toReversed();
}

/** Steps of the wanted levels and categories; an empty set wants all. Typed words must all occur. */
export function filterTrail(
  steps: readonly TrailStep[],
  levels: ReadonlySet<string>,
  categories: ReadonlySet<string>,
  words: string,
): TrailStep[] {
  const wanted = words.toLowerCase().split(/\s+/).filter(Boolean);
  return steps.filter((step) => {
    if ((levels.size > 0 && !levels.has(step.level)) || (categories.size > 0 && !categories.has(step.category))) {
      return false;
    }
    const text = `${step.category} ${step.crumb.message ?? ""} ${JSON.stringify(step.crumb.data ?? "")}`.toLowerCase();
    return wanted.every((word) => text.includes(word));
  });
}

/** `−1.24 s`: how long before the event; the sign is a minus even for the same moment. */
export function beforeEvent(step: string | null, event: string): string {
  const at = Date.parse(step ?? "");
  const end = Date.parse(event);
  if (Number.isNaN(at) || Number.isNaN(end)) {
    return "";
  }
  const gap = end - at;
  return gap < 0 ? `+${duration(-gap)}` : `−${duration(gap)}`;
}

/** Requests and navigation read best as one line; what that line says is not repeated below it. */
export function headline({ crumb }: TrailStep): { text: string; rest: Record<string, unknown> } {
  const data = crumb.data ?? {};
  const { method, url, status_code: status, from, to, ...rest } = data;
  if (typeof url === "string" && (crumb.type === "http" || /fetch|xhr|http/.test(crumb.category ?? ""))) {
    const text = [method, url, status === undefined ? "" : `→ ${String(status)}`].filter(Boolean).join(" ");
    return { text: crumb.message ? `${crumb.message} ${text}` : text, rest };
  }
  if (typeof to === "string" && (crumb.type === "navigation" || crumb.category === "navigation")) {
    return {
      text: `${typeof from === "string" ? from : ""} → ${to}`,
      rest: method === undefined ? rest : { method, ...rest },
    };
  }
  return { text: crumb.message ?? "", rest: data };
}
