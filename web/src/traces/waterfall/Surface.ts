/** A canvas that keeps as many pixels as its place has on this screen. */
export class Surface {
  private readonly context: CanvasRenderingContext2D;

  constructor(private readonly canvas: HTMLCanvasElement) {
    const context = canvas.getContext("2d");
    if (!context) {
      throw new Error("This browser has no 2D canvas.");
    }
    this.context = context;
  }

  /** Makes it as large as asked for, empties it, and gives a context in CSS pixels. */
  begin(width: number, height: number): CanvasRenderingContext2D {
    const ratio = window.devicePixelRatio || 1;
    const columns = Math.round(width * ratio);
    const lines = Math.round(height * ratio);
    if (this.canvas.width !== columns || this.canvas.height !== lines) {
      this.canvas.width = columns;
      this.canvas.height = lines;
      this.canvas.style.width = `${width}px`;
      this.canvas.style.height = `${height}px`;
    }
    this.context.setTransform(ratio, 0, 0, ratio, 0, 0);
    this.context.clearRect(0, 0, width, height);
    return this.context;
  }
}
