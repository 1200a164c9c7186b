const tokens = {
  page: "--page",
  surface: "--surface",
  sunken: "--sunken",
  hover: "--hover",
  selected: "--selected",
  line: "--line",
  lineStrong: "--line-strong",
  ink: "--ink",
  ink2: "--ink-2",
  ink3: "--ink-3",
  accent: "--accent",
  error: "--error",
  warning: "--warning",
  good: "--good",
  bar: "--bar",
  font: "--font",
} as const;

export type Colours = Record<keyof typeof tokens, string>;

/** The theme's tokens as a canvas needs them. Read again when the theme changes. */
export function readColours(place: Element): Colours {
  const style = getComputedStyle(place);
  const entries = Object.entries(tokens).map(([name, token]) => [name, style.getPropertyValue(token).trim()]);
  return Object.fromEntries(entries) as Colours;
}
