import { commonWords } from "./commonWords";
import { isTrouble, type SpanNode } from "./spanTree";

/** Siblings that do the same thing, such as the queries of a loop. */
export interface Fold {
  key: string;
  /** What they did; where they differ stands an ellipsis. */
  words: string;
  /** By their start. */
  members: SpanNode[];
  /** The sum of their durations, in milliseconds. */
  total: number;
  start: number;
  end: number;
  trouble: number;
}

export const isFold = (item: SpanNode | Fold): item is Fold => "members" in item;

const fewest = 5;
const known = new WeakMap<readonly SpanNode[], (SpanNode | Fold)[]>();

/**
 * The siblings with repeats put together at the place of the first. They need not be neighbours: two queries in turns
 * are two repeats. Segments stay apart, since each is the way into another service.
 */
export function foldSiblings(siblings: readonly SpanNode[], parentKey: string): (SpanNode | Fold)[] {
  const before = known.get(siblings);
  if (before) {
    return before;
  }
  const groups = new Map<string, SpanNode[]>();
  for (const node of siblings) {
    const key = sameness(node);
    if (key !== undefined) {
      const group = groups.get(key);
      if (group) {
        group.push(node);
      } else {
        groups.set(key, [node]);
      }
    }
  }
  const items = siblings.flatMap((node): (SpanNode | Fold)[] => {
    const key = sameness(node);
    const group = key === undefined ? undefined : groups.get(key);
    if (key === undefined || group === undefined || group.length < fewest) {
      return [node];
    }
    return group[0] === node ? [toFold(`${parentKey}/${key}`, group)] : [];
  });
  known.set(siblings, items);
  return items;
}

function sameness({ span }: SpanNode): string | undefined {
  if (span.is_segment) {
    return undefined;
  }
  const name = span.group ?? span.description;
  return name ? `${span.project} ${span.op} ${name}` : undefined;
}

function toFold(key: string, members: SpanNode[]): Fold {
  return {
    key,
    words: commonWords(members.map(({ span }) => span.description ?? span.op)),
    members,
    total: members.reduce((sum, node) => sum + node.span.duration, 0),
    start: members.reduce((first, node) => Math.min(first, node.start), Number.POSITIVE_INFINITY),
    end: members.reduce((last, node) => Math.max(last, node.end), 0),
    trouble: members.reduce((sum, node) => sum + node.troubleBelow + (isTrouble(node) ? 1 : 0), 0),
  };
}
