/** Rows `from` up to, and without, `to`. */
export interface Stretch {
  from: number;
  to: number;
}

/** What is seen of a list whose rows are of one height: how far it is scrolled, and how much of it there is room for. */
export interface Sight {
  top: number;
  height: number;
}

/** The rows in sight and up to `beyond` more on either side. */
export function rowsIn({ top, height }: Sight, rowHeight: number, beyond = 0): Stretch {
  return {
    from: Math.max(0, Math.floor(top / rowHeight) - beyond),
    to: Math.ceil((top + height) / rowHeight) + beyond,
  };
}

export const covers = (held: Stretch, wanted: Stretch) => held.from <= wanted.from && held.to >= wanted.to;

/** Where to scroll to, as little as is needed to have a row wholly in sight. */
export function scrollFor(row: number, { top, height }: Sight, rowHeight: number): number {
  const start = row * rowHeight;
  return Math.min(start, Math.max(top, start + rowHeight - height));
}
