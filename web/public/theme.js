// Runs before the first paint, so that the page never flashes in the wrong theme. The key is the one design/theme.ts uses.
(() => {
  let chosen = "auto";
  try {
    chosen = localStorage.getItem("tocsin-theme") || "auto";
  } catch {
    // Storage may be forbidden; the system's choice is used then.
  }
  const dark = chosen === "dark" || (chosen === "auto" && matchMedia("(prefers-color-scheme: dark)").matches);
  document.documentElement.setAttribute("data-mantine-color-scheme", dark ? "dark" : "light");
})();
