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
  let hash = 2166136261;
  for (let index = 0; index < name.length; index++) {
    hash = Math.imul(hash ^ name.charCodeAt(index), 16777619);
  }
  return palette[(hash >>> 0) % palette.length] ?? "#6b7f99";
}
