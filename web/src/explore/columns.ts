/** The API knows arithmetic of functions by this in front. */
const equation = "equation|";

/** How a column of the answer is called on the page: an equation by its text. */
export const columnName = (column: string): string =>
  column.startsWith(equation) ? column.slice(equation.length) : column;

/** What is typed to be shown, as the API calls it; absent: it is neither a function nor arithmetic of some. */
export function columnOf(typed: string): string | undefined {
  const text = typed.trim();
  const calls = callsIn(text);
  if (!calls) {
    return undefined;
  }
  const [only] = calls;
  if (only && only.from === 0 && only.to === text.length) {
    return text;
  }
  let rest = text;
  for (const { from, to } of calls.toReversed()) {
    rest = `${rest.slice(0, from)}1${rest.slice(to)}`;
  }
  return calls.length > 0 && isArithmetic(rest) ? equation + text : undefined;
}

/** Where functions with their brackets stand; absent: a bracket or a quote is not closed. */
function callsIn(text: string): { from: number; to: number }[] | undefined {
  const calls: { from: number; to: number }[] = [];
  const name = /[a-z_][\w.]*\(/gi;
  for (let found = name.exec(text); found; found = name.exec(text)) {
    const to = closing(text, name.lastIndex);
    if (to === undefined) {
      return undefined;
    }
    calls.push({ from: found.index, to });
    name.lastIndex = to;
  }
  return calls;
}

/** Behind the bracket that closes the one before `from`. */
function closing(text: string, from: number): number | undefined {
  let depth = 1;
  let quoted = false;
  for (let at = from; at < text.length; at++) {
    const letter = text[at];
    if (letter === '"') {
      quoted = !quoted;
    } else if (!quoted) {
      depth += letter === "(" ? 1 : letter === ")" ? -1 : 0;
      if (depth === 0) {
        return at + 1;
      }
    }
  }
  return undefined;
}

/** Numbers, signs and closed brackets, with a sign between each two values. */
function isArithmetic(text: string): boolean {
  let plain = text
    .replaceAll(/\s*([-+*/()])\s*/g, "$1")
    .trim()
    .replaceAll(/\d+(\.\d+)?/g, "1");
  for (let shorter = plain; ; plain = shorter) {
    shorter = plain.replaceAll("(1)", "1").replaceAll(/1[-+*/]1/g, "1");
    if (shorter === plain) {
      return plain === "1";
    }
  }
}
