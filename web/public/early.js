// Runs before the first paint and before any module has come.
(() => {
  // The theme, so that the page never flashes in the wrong one. The key is the one design/theme.ts uses.
  let chosen = "auto";
  try {
    chosen = localStorage.getItem("tocsin-theme") || "auto";
  } catch {
    // Storage may be forbidden; the system's choice is used then.
  }
  const dark = chosen === "dark" || (chosen === "auto" && matchMedia("(prefers-color-scheme: dark)").matches);
  document.documentElement.setAttribute("data-mantine-color-scheme", dark ? "dark" : "light");

  const prefix = document.documentElement.dataset.prefix || "";
  const ahead = (rel, href, as) => {
    const link = document.createElement("link");
    link.rel = rel;
    link.href = `${prefix}/${href}`;
    link.crossOrigin = "";
    if (as) {
      link.as = as;
    }
    document.head.append(link);
  };
  const page = location.pathname.slice(prefix.length);
  // Every page behind the login asks first who is there. Where nobody asks, the answer would lie there until it is wrong.
  if (!/^\/(login|setup|accept-invite)\b/.test(page)) {
    ahead("preload", "api/0/", "fetch");
  }
  // The landing page's own parts, which its route would only name once the application runs.
  const { landing = "" } = document.currentScript.dataset;
  if (/^\/?$|\/issues\/?$/.test(page)) {
    for (const part of landing.split(" ").filter(Boolean)) {
      if (part.endsWith(".css")) {
        ahead("preload", part, "style");
      } else {
        ahead("modulepreload", part);
      }
    }
  }
})();
