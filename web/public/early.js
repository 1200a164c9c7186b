// Runs before the first paint and before any module has come.
(() => {
  const remembered = (key) => {
    try {
      return localStorage.getItem(key);
    } catch {
      // Storage may be forbidden.
      return null;
    }
  };
  // The theme, so that the page never flashes in the wrong one. The key is the one design/scheme.ts uses.
  const chosen = remembered("tocsin-theme") || "auto";
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
  // Every page behind the login stands in the frame, and asks first who is there. Where nobody asks, the answer would lie
  // there until it is wrong.
  if (!/^\/(login|setup|accept-invite)\b/.test(page)) {
    document.documentElement.dataset.frame = remembered("tocsin-rail") || "slim";
    ahead("preload", "api/0/", "fetch");
  }
  // The list of issues as it is without a word in its address: issues/landingList.ts asks for the same. The cookie lives as
  // long as the session; without it there is nobody to answer.
  const [, org] = /^\/organizations\/([^/]+)\/issues\/?$/.exec(page) || [];
  if (org && !location.search && /(^|;\s*)tocsin_csrf=[^;]/.test(document.cookie)) {
    const plain = "statsPeriod=14d&query=is%3Aunresolved&sort=date&groupStatsPeriod=24h&limit=50";
    ahead("preload", `api/0/organizations/${org}/issues/?${plain}`, "fetch");
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
