import { isTrouble } from "../layout/spanTree";
import type { Colours } from "./colours";
import type { Scene } from "./scene";

/** How high the small picture of the whole trace is. */
export const mapHeight = 40;

/** Every span as a line in the colour of its service; drawn once for a trace and a width. */
export function drawMap(map: HTMLCanvasElement, scene: Scene, colours: Colours, width: number, ratio: number): void {
  const { tree } = scene;
  map.width = Math.max(1, Math.round(width * ratio));
  map.height = Math.round(mapHeight * ratio);
  const context = map.getContext("2d");
  if (!context) {
    return;
  }
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  const step = (mapHeight - 8) / tree.all.length;
  const thick = Math.max(1, Math.min(4, step * 0.72));
  for (const [index, node] of tree.all.entries()) {
    const x = (node.start / tree.duration) * width;
    context.fillStyle = scene.lanes.get(node.lane) ?? colours.bar;
    context.fillRect(x, 4 + index * step, Math.max(1, ((node.end - node.start) / tree.duration) * width), thick);
  }
  context.fillStyle = colours.error;
  for (const [index, node] of tree.all.entries()) {
    if (isTrouble(node)) {
      context.fillRect((node.start / tree.duration) * width - 1, 3 + index * step, 4, Math.max(3, thick));
    }
  }
}
