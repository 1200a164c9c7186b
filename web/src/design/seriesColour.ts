/** Ten colours that colour-blind people can tell apart, in a fixed order; a name always gets the same one. */
const palette = [
  "#3a7ca5",
  "#d0783b",
  "#4c9f70",
  "#b0507a",
  "#8a78c9",
  "#9c8a2e",
  "#2fa3a0",
  "#c2574b",
  "#6b7f99",
  "#7a9a3a",
];

export function seriesColour(name: string): string {
  return palette[slotOf(name)] ?? "#6b7f99";
}

/**
 * Colours for what stands together in one picture. Each name keeps its own; of two that would share one, the later in
 * the list takes the next that is free. With the oldest first, a new name never takes an old one's colour.
 */
export function seriesColours(names: Iterable<string>): Map<string, string> {
  const taken = new Set<number>();
  const colours = new Map<string, string>();
  for (const name of new Set(names)) {
    let slot = slotOf(name);
    for (let tries = 0; taken.has(slot) && tries < palette.length; tries++) {
      slot = (slot + 1) % palette.length;
    }
    taken.add(slot);
    colours.set(name, palette[slot] ?? "#6b7f99");
  }
  return colours;
}

function slotOf(name: string): number {
  let hash = 2166136261;
  for (let index = 0; index < name.length; index++) {
    hash = Math.imul(hash ^ name.charCodeAt(index), 16777619);
  }
  return (hash >>> 0) % palette.length;
}
