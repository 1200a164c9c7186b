/** A moment on the axis in pixels, and how wide its words are. */
export interface AxisMark {
  x: number;
  width: number;
}

export interface PlacedMark {
  /** The middle of its sign. */
  sign: number;
  /** Where its words begin; absent when there is no room for them. */
  text: number | undefined;
}

const errorHalf = 6;
const signHalf = 4;
const besideSign = 8;
const betweenWords = 8;

/**
 * Places the signs and words of moments, in the order of time, on an axis from `left` to `right` on which the signs of errors stand where they are.
 * A sign that an error's would cover moves to that side of it on which it is; words stand to the right of their sign, else to the left,
 * else beyond the errors that stand beside it, else nowhere.
 */
export function placeMarks(
  marks: readonly AxisMark[],
  errors: readonly number[],
  left: number,
  right: number,
): PlacedMark[] {
  const signs = marks.map(({ x }) => besideError(x, errors, left, right));
  const taken: [from: number, to: number][] = [
    ...errors.map((x): [number, number] => [x - errorHalf, x + errorHalf]),
    ...signs.map((x): [number, number] => [x - signHalf, x + signHalf]),
  ];
  return marks.map(({ width }, index) => {
    const sign = signs[index] ?? 0;
    const close = errors.filter((error) => Math.abs(error - sign) <= errorHalf + besideSign);
    const [first, last] = [Math.min(sign, ...close), Math.max(sign, ...close)];
    const beside = [sign + besideSign, sign - besideSign - width];
    const beyond = [last + errorHalf + 3, first - errorHalf - 3 - width];
    const text = [...beside, ...beyond].find(
      (from) =>
        from >= left && from + width <= right && taken.every(([start, end]) => from + width < start || from > end),
    );
    if (text !== undefined) {
      taken.push([text - betweenWords, text + width + betweenWords]);
    }
    return { sign, text };
  });
}

function besideError(x: number, errors: readonly number[], left: number, right: number): number {
  const apart = errorHalf + signHalf;
  const covering = errors.find((error) => Math.abs(error - x) < apart);
  if (covering === undefined) {
    return x;
  }
  const sides = x > covering ? [covering + apart, covering - apart] : [covering - apart, covering + apart];
  const free = (side: number) =>
    side >= left && side <= right && errors.every((error) => Math.abs(error - side) >= apart);
  return sides.find(free) ?? x;
}
