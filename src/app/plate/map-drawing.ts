/** The contour map on a canvas: colours looked up per pixel, contour lines by marching squares over a thinned grid. */
import { contours } from "d3-contour";
import type { Figure } from "../stores/figure-store.ts";

export interface MapPalette {
  /** Channels from 0 to 1. */
  readonly paper: readonly [number, number, number];
  readonly ink: readonly [number, number, number];
}

type Rgb = readonly [number, number, number];
const hatchSpacing = 10;
const hatchWidth = 1.5;
/** Marching squares over more vertices than this a side shows no more at the map's size. */
const contourVertices = 110;

/** Fills the canvas. Unmeasured, clipped and non-finite regions look as they do on the relief. */
export function drawGround(
  context: CanvasRenderingContext2D,
  { display, range }: Figure,
  colours: Uint8Array,
  palette: MapPalette,
): void {
  const { width, height } = context.canvas;
  const image = context.createImageData(width, height);
  const pixels = new Uint32Array(image.data.buffer);
  const looks = buildLooks(colours, palette);
  const { texels, columns, rows } = display;
  const scale = 255 / (range.scaledHigh - range.scaledLow);
  const vertexOf = Uint32Array.from({ length: width }, (_, x) => Math.round((x / (width - 1)) * (columns - 1)) * 4);
  for (let y = 0; y < height; y++) {
    const rowStart = Math.round((1 - y / (height - 1)) * (rows - 1)) * columns * 4;
    for (let x = 0; x < width; x++) {
      const texel = rowStart + vertexOf[x];
      const entry = (texels[texel] - range.scaledLow) * scale;
      const colour = entry <= 0 ? 0 : entry >= 255 ? 255 : Math.round(entry);
      const hatched = (x + y) % hatchSpacing < hatchWidth;
      if (texels[texel + 1] <= 0.5) pixels[y * width + x] = hatched ? looks.hatch : looks.uncharted[colour];
      else if (texels[texel + 2] > 0.5) {
        const crossed = hatched || (x - y + hatchSpacing * height) % hatchSpacing < hatchWidth;
        pixels[y * width + x] = crossed ? looks.voidLine : looks.voidGround;
      } else pixels[y * width + x] = entry > 255.03 || entry < -0.03 ? looks.clipped[colour] : looks.plain[colour];
    }
  }
  context.putImageData(image, 0, 0);
}

function buildLooks(colours: Uint8Array, { paper, ink }: MapPalette) {
  const sheet = paper.map((channel) => channel * 255) as unknown as Rgb;
  const line = ink.map((channel) => channel * 255) as unknown as Rgb;
  const mixed = (weight: number) =>
    Uint32Array.from({ length: 256 }, (_, index) =>
      pack(mix([colours[index * 4], colours[index * 4 + 1], colours[index * 4 + 2]], sheet, weight)),
    );
  return {
    plain: mixed(0),
    clipped: mixed(0.45),
    uncharted: mixed(0.58),
    hatch: pack(mix(sheet, line, 0.35)),
    voidGround: pack(mix(line, sheet, 0.22)),
    voidLine: pack(mix(sheet, line, 0.4)),
  };
}

function mix(a: Rgb, b: Rgb, t: number): Rgb {
  return [a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t, a[2] + (b[2] - a[2]) * t];
}

/** RGBA bytes as the little-endian word of an ImageData. */
function pack([red, green, blue]: Rgb): number {
  return ((255 << 24) | (Math.round(blue) << 16) | (Math.round(green) << 8) | Math.round(red)) >>> 0;
}

export function drawContours(context: CanvasRenderingContext2D, { display, levels }: Figure): void {
  const { width, height } = context.canvas;
  const step = thinningStep(display.columns - 1, display.rows - 1);
  const columns = (display.columns - 1) / step + 1;
  const rows = (display.rows - 1) / step + 1;
  const values = new Array<number>(columns * rows);
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      values[row * columns + column] = display.texels[(row * step * display.columns + column * step) * 4];
    }
  }
  const generator = contours().size([columns, rows]).smooth(true);
  const toX = (x: number) => ((x - 0.5) / (columns - 1)) * (width - 1);
  const toY = (y: number) => (1 - (y - 0.5) / (rows - 1)) * (height - 1);
  context.strokeStyle = "rgb(8 12 16 / 62%)";
  for (const { scaled, index } of levels) {
    context.lineWidth = (index ? 1.1 : 0.55) * (width / 200);
    context.beginPath();
    for (const polygon of generator.contour(values, scaled).coordinates) {
      for (const ring of polygon) tracePath(context, ring, columns, rows, toX, toY);
    }
    context.stroke();
  }
}

/** The smallest step that divides both sides and leaves few enough vertices; the sides' common divisor at most. */
export function thinningStep(across: number, along: number): number {
  const longest = Math.max(across, along);
  let step = 1;
  for (let next = 1; next <= longest && longest / step > contourVertices; next++) {
    if (across % next === 0 && along % next === 0) step = next;
  }
  return step;
}

type Ring = readonly (readonly number[])[];

/** d3 closes its rings along the border; those stretches are no contours. */
function tracePath(
  context: CanvasRenderingContext2D,
  ring: Ring,
  columns: number,
  rows: number,
  toX: (x: number) => number,
  toY: (y: number) => number,
): void {
  let drawing = false;
  for (const [x, y] of ring) {
    const onBorder = x <= 0 || y <= 0 || x >= columns || y >= rows;
    if (!onBorder) {
      if (drawing) context.lineTo(toX(x), toY(y));
      else context.moveTo(toX(x), toY(y));
    }
    drawing = !onBorder;
  }
}
