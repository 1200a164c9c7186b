/** `9 Nov`, or `14:00` where the ticks are closer than a day. */
export function timeTick(seconds: number, step: number): string {
  const at = new Date(seconds * 1000);
  return step >= 86_400 || (at.getHours() === 0 && at.getMinutes() === 0)
    ? at.toLocaleDateString("en-GB", { day: "numeric", month: "short" })
    : at.toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });
}

/** Zero, a round value up to `high`, and its half; the half only where values come in halves. */
export function roundSplits(high: number, whole = false): number[] {
  const size = 10 ** Math.floor(Math.log10(high));
  const top = ([8, 6, 5, 4, 3, 2, 1].find((step) => step * size <= high) ?? 1) * size;
  return [0, top / 2, top].filter((at) => !whole || Number.isInteger(at));
}
