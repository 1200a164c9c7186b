import { createTheme, type VariantColorsResolver } from "@mantine/core";

/** Mantine draws one button, the eye of a password's field. */
const buttonColours: VariantColorsResolver = () => ({
  background: "transparent",
  hover: "var(--hover)",
  color: "var(--ink-2)",
  border: "1px solid transparent",
});

export const theme = createTheme({
  variantColorResolver: buttonColours,
  cursorType: "pointer",
  respectReducedMotion: true,
  components: {
    TextInput: { defaultProps: { size: "xs" } },
    Textarea: { defaultProps: { size: "xs" } },
    PasswordInput: { defaultProps: { size: "xs" } },
    Select: { defaultProps: { size: "xs", allowDeselect: false, checkIconPosition: "right" } },
    Switch: { defaultProps: { size: "xs", withThumbIndicator: false } },
    Menu: { defaultProps: { transitionProps: { duration: 0 }, position: "bottom-end", offset: 4, width: 210 } },
    Popover: { defaultProps: { transitionProps: { duration: 0 }, position: "bottom-start", offset: 4 } },
    // Scroll locking would write a style element, which the content policy refuses.
    Modal: { defaultProps: { lockScroll: false, transitionProps: { duration: 0 }, centered: false, yOffset: "12vh" } },
  },
});
