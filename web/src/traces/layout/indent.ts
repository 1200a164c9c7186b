const perLevel = 14;

/**
 * How far a row stands in, in pixels. The first levels get their full step; deeper ones ever less, so that a tree of
 * any depth leaves six tenths of the column to the words.
 */
export function indent(depth: number, columnWidth: number): number {
  const most = columnWidth * 0.4;
  return most * (1 - Math.exp((-depth * perLevel) / most));
}
