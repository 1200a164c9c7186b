import type { TraceSpan, UsualKind } from "../api/traceShapes";

/** How long spans like this one usually take; undefined where nothing is known. */
export type UsualOf = (span: TraceSpan) => UsualKind | undefined;

export const nothingUsual: UsualOf = () => undefined;

/** A segment is compared with the others of its transaction, another span with those of its group. */
export function usualOf(kinds: readonly UsualKind[]): UsualOf {
  const known = new Map(kinds.map((kind) => [keyOf(kind.project, kind.transaction, kind.group), kind]));
  return ({ project, is_segment, transaction, group }) =>
    known.get(is_segment ? keyOf(project, transaction, null) : keyOf(project, null, group));
}

const keyOf = (project: string, transaction: string | null, group: string | null) =>
  `${project}\n${transaction ?? ""}\n${group ?? ""}`;

/** Where all spans of a kind took the same time there is nothing to compare with: mostly it is the first of them. */
export const isTelling = (usual: UsualKind | undefined): usual is UsualKind =>
  usual !== undefined && usual.p95 > usual.p50;
