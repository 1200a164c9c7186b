const key = "tocsin-reloaded";
const pause = 30_000;

/**
 * A page that was opened before the server was updated asks for parts that are gone. Loading it again brings the new
 * ones; once only in half a minute, so that a server that lost its files does not keep the page turning.
 */
export function reloadAfterUpdate(): void {
  window.addEventListener("vite:preloadError", (event) => {
    const last = Number(sessionStorage.getItem(key) ?? 0);
    if (Date.now() - last > pause) {
      event.preventDefault();
      sessionStorage.setItem(key, String(Date.now()));
      window.location.reload();
    }
  });
}
