/** Which item of a menu a key leads to from where the focus is; undefined: the key means something else. */
export function nextItem(key: string, at: number, texts: readonly string[]): number | undefined {
  const count = texts.length;
  if (count === 0) {
    return undefined;
  }
  switch (key) {
    case "ArrowDown":
      return (at + 1) % count;
    case "ArrowUp":
      return (Math.max(at, 0) - 1 + count) % count;
    case "Home":
      return 0;
    case "End":
      return count - 1;
    default: {
      if (key.length !== 1 || key === " ") {
        return undefined;
      }
      const order = texts.map((_, index) => (at + 1 + index) % count);
      return order.find((index) => texts[index]?.trim().toLowerCase().startsWith(key.toLowerCase()));
    }
  }
}
