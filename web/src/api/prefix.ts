/**
 * The path below which the server lives, as TOCSIN_URL says, without a slash at its end; empty at the root of a host.
 * The server writes it into the page.
 */
export const prefix = typeof document === "undefined" ? "" : (document.documentElement.dataset.prefix ?? "");
