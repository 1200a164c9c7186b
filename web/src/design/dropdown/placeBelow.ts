const gap = 4;
const margin = 8;

interface Box {
  left: number;
  right: number;
  top: number;
  bottom: number;
}

/** Where a box of this size goes: below the button from its left edge, or from its right one, or above it, within the window. */
export function placeOf(
  button: Box,
  size: { width: number; height: number },
  window: { width: number; height: number },
): { left: number; top: number } {
  const fromLeft = button.left + size.width + margin <= window.width ? button.left : button.right - size.width;
  const below = button.bottom + gap;
  const above = button.top - gap - size.height;
  const fits = below + size.height + margin <= window.height || above < margin;
  return {
    left: Math.max(margin, Math.min(fromLeft, window.width - size.width - margin)),
    top: fits ? below : above,
  };
}

export function placeBelow(button: HTMLElement, box: HTMLElement): void {
  const { left, top } = placeOf(
    button.getBoundingClientRect(),
    { width: box.offsetWidth, height: box.offsetHeight },
    { width: document.documentElement.clientWidth, height: document.documentElement.clientHeight },
  );
  box.style.left = `${left}px`;
  box.style.top = `${top}px`;
  box.style.maxHeight = `calc(100vh - ${Math.round(Math.max(0, top)) + margin}px)`;
}
