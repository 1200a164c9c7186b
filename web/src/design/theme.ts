import { createTheme, localStorageColorSchemeManager, type VariantColorsResolver } from "@mantine/core";

/** The same key as in public/early.js, which sets the theme before the first paint. */
export const themeChoice = localStorageColorSchemeManager({ key: "tocsin-theme" });

// Buttons are drawn in ink; the accent belongs to links, focus and selection.
const buttonColours: VariantColorsResolver = ({ variant, color }) => {
  const danger = color === "red";
  switch (variant) {
    case "filled":
      return {
        background: danger ? "var(--error)" : "var(--ink)",
        hover: danger ? "var(--error)" : "color-mix(in srgb, var(--ink) 86%, var(--page))",
        color: "var(--page)",
        border: "1px solid transparent",
      };
    case "subtle":
    case "transparent":
      return {
        background: "transparent",
        hover: "var(--hover)",
        color: danger ? "var(--error)" : "var(--ink-2)",
        border: "1px solid transparent",
      };
    default:
      return {
        background: "var(--surface)",
        hover: "var(--hover)",
        color: danger ? "var(--error)" : "var(--ink)",
        border: "1px solid var(--line-strong)",
      };
  }
};

export const theme = createTheme({
  variantColorResolver: buttonColours,
  cursorType: "pointer",
  respectReducedMotion: true,
  components: {
    Button: { defaultProps: { size: "xs", variant: "default" } },
    ActionIcon: { defaultProps: { size: 28, variant: "subtle" } },
    TextInput: { defaultProps: { size: "xs" } },
    Textarea: { defaultProps: { size: "xs" } },
    PasswordInput: { defaultProps: { size: "xs" } },
    Select: { defaultProps: { size: "xs", allowDeselect: false, checkIconPosition: "right" } },
    Checkbox: { defaultProps: { size: "xs" } },
    Switch: { defaultProps: { size: "xs", withThumbIndicator: false } },
    Menu: { defaultProps: { transitionProps: { duration: 0 }, position: "bottom-end", offset: 4, width: 210 } },
    Popover: { defaultProps: { transitionProps: { duration: 0 }, position: "bottom-start", offset: 4 } },
    // Scroll locking would write a style element, which the content policy refuses.
    Modal: { defaultProps: { lockScroll: false, transitionProps: { duration: 0 }, centered: false, yOffset: "12vh" } },
  },
});
