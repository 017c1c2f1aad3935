/** The contour map on a canvas: colours at the display grid's resolution scaled up, patterns and contours over them. */
import { traceContours } from "../figure/contour-lines.ts";
import { layerTexels, sampleLayer } from "../figure/convexity-layer.ts";
import type { Figure } from "../figure/figure.ts";
import { unmeasuredOpacity } from "../figure/figure-colours.ts";

export interface MapPalette {
  /** Channels from 0 to 1. */
  readonly paper: readonly [number, number, number];
  readonly ink: readonly [number, number, number];
}

type Rgb = readonly [number, number, number];
const hatchSpacing = 10;
const clippedTowardsPaper = 0.45;

/** Fills the canvas. Unmeasured, clipped and non-finite regions look as they do on the relief. */
export function drawGround(
  context: CanvasRenderingContext2D,
  figure: Figure,
  colours: Uint8Array,
  palette: MapPalette,
) {
  const { width, height } = context.canvas;
  const { paper, ink } = palette;
  context.fillStyle = css(paper);
  context.fillRect(0, 0, width, height);
  const { grid, display, layer } = figure;
  const isWhole = grid.measuredCount === grid.size && (!layer || layer.measuredCount === layer.columns * layer.rows);
  if (!isWhole) drawHatching(context, css(mix(paper, ink, 0.35)), false);
  drawScaled(context, colourImage(figure, colours, paper));
  if (display.nonFiniteCount + (layer?.nonFiniteCount ?? 0) === 0) return;
  const voids = document.createElement("canvas").getContext("2d");
  if (!voids) return;
  [voids.canvas.width, voids.canvas.height] = [width, height];
  voids.fillStyle = css(mix(ink, paper, 0.22));
  voids.fillRect(0, 0, width, height);
  drawHatching(voids, css(mix(paper, ink, 0.4)), true);
  voids.globalCompositeOperation = "destination-in";
  drawScaled(voids, voidMask(figure));
  context.drawImage(voids.canvas, 0, 0);
}

/** Colours; see-through where nothing is measured. */
function colourImage(figure: Figure, colours: Uint8Array, paper: Rgb): ImageData {
  const { display, range, layer } = figure;
  const { texels, columns, rows } = display;
  const layered = layer && layerTexels(layer, columns, rows);
  const plain = packed(colours, paper, 0, 1);
  const clipped = packed(colours, paper, clippedTowardsPaper, 1);
  const unmeasured = packed(colours, paper, 0, unmeasuredOpacity(figure));
  const scale = 255 / (range.scaledHigh - range.scaledLow);
  return buildImage(columns, rows, (texel) => {
    const entry = (texels[texel] - range.scaledLow) * scale;
    const colour = entryAt(layered ? layered[texel] : entry / 255);
    if (texels[texel + 1] <= 0.5 || (layered && layered[texel + 1] <= 0.5)) return unmeasured[colour];
    return entry > 255.03 || entry < -0.03 ? clipped[colour] : plain[colour];
  });
}

function voidMask({ display: { texels, columns, rows }, layer }: Figure): ImageData {
  const opaque = pack([0, 0, 0], 1);
  const layered = layer && layerTexels(layer, columns, rows);
  const isVoid = (values: Float32Array, texel: number) => values[texel + 2] > 0.5 && values[texel + 1] > 0.5;
  return buildImage(columns, rows, (texel) =>
    isVoid(texels, texel) || (layered && isVoid(layered, texel)) ? opaque : 0,
  );
}

/** One pixel a vertex; the first row of the grid is the lowest of the picture. */
function buildImage(columns: number, rows: number, pixelOf: (texel: number) => number): ImageData {
  const image = new ImageData(columns, rows);
  const pixels = new Uint32Array(image.data.buffer);
  for (let row = 0; row < rows; row++) {
    const to = (rows - 1 - row) * columns;
    for (let column = 0; column < columns; column++) pixels[to + column] = pixelOf((row * columns + column) * 4);
  }
  return image;
}

/** Vertices on the border of the grid lie on the border of the canvas. */
function drawScaled(context: CanvasRenderingContext2D, image: ImageData): void {
  const sheet = document.createElement("canvas").getContext("2d");
  if (!sheet) return;
  [sheet.canvas.width, sheet.canvas.height] = [image.width, image.height];
  sheet.putImageData(image, 0, 0);
  const { width, height } = context.canvas;
  context.drawImage(sheet.canvas, 0.5, 0.5, image.width - 1, image.height - 1, 0, 0, width, height);
}

function drawHatching(context: CanvasRenderingContext2D, colour: string, crossed: boolean): void {
  const { width, height } = context.canvas;
  context.strokeStyle = colour;
  context.lineWidth = 1.2;
  context.beginPath();
  for (let offset = hatchSpacing; offset < width + height; offset += hatchSpacing) {
    context.moveTo(offset, 0);
    context.lineTo(offset - height, height);
    if (crossed) {
      context.moveTo(width - offset, 0);
      context.lineTo(width - offset + height, height);
    }
  }
  context.stroke();
}

/** Dark on light colours and light on dark ones, as on the relief. */
export function drawContours(context: CanvasRenderingContext2D, figure: Figure, colours: Uint8Array): void {
  const { display, levels, range, layer } = figure;
  const { width, height } = context.canvas;
  const toX = (width - 1) / (display.columns - 1);
  const toY = (height - 1) / (display.rows - 1);
  const isLight = Array.from({ length: 256 }, (_, entry) => luminance(colours, entry) > lightFrom);
  const entryOf = (scaled: number) => entryAt((scaled - range.scaledLow) / (range.scaledHigh - range.scaledLow));
  const onLight = levels.map(({ scaled }) => isLight[entryOf(scaled)]);
  const paths = { dark: [new Path2D(), new Path2D()], light: [new Path2D(), new Path2D()] };
  traceContours(
    display,
    levels.map(({ scaled }) => scaled),
    (x0, y0, x1, y1, level) => {
      const place = layer && sampleLayer(layer, x0 / (display.columns - 1), y0 / (display.rows - 1));
      const dark = place ? isLight[entryAt(place[0])] : onLight[level];
      const path = paths[dark ? "dark" : "light"][levels[level].index ? 1 : 0];
      path.moveTo(x0 * toX, height - 1 - y0 * toY);
      path.lineTo(x1 * toX, height - 1 - y1 * toY);
    },
  );
  for (const [tone, colour] of [
    ["dark", "rgb(8 12 16 / 62%)"],
    ["light", "rgb(235 242 245 / 55%)"],
  ] as const) {
    context.strokeStyle = colour;
    context.lineWidth = 0.55 * (width / 200);
    context.stroke(paths[tone][0]);
    context.lineWidth = 1.1 * (width / 200);
    context.stroke(paths[tone][1]);
  }
}

/** The relief's shader has the same. */
const lightFrom = 0.33;

const luminance = (colours: Uint8Array, entry: number) =>
  (0.299 * colours[entry * 4] + 0.587 * colours[entry * 4 + 1] + 0.114 * colours[entry * 4 + 2]) / 255;

/** Entry of a table of 256 colours for a fraction; beyond 0 to 1 its ends. */
const entryAt = (fraction: number) => Math.min(255, Math.max(0, Math.round(fraction * 255)));

function packed(colours: Uint8Array, paper: Rgb, towardsPaper: number, opacity: number): Uint32Array {
  return Uint32Array.from({ length: 256 }, (_, index) => {
    const colour: Rgb = [colours[index * 4] / 255, colours[index * 4 + 1] / 255, colours[index * 4 + 2] / 255];
    return pack(mix(colour, paper, towardsPaper), opacity);
  });
}

function mix(a: Rgb, b: Rgb, t: number): Rgb {
  return [a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t, a[2] + (b[2] - a[2]) * t];
}

const byte = (channel: number) => Math.round(channel * 255);
const css = (colour: Rgb) => `rgb(${colour.map(byte).join(" ")})`;

/** RGBA bytes as the little-endian word of an ImageData. */
function pack([red, green, blue]: Rgb, opacity: number): number {
  return ((byte(opacity) << 24) | (byte(blue) << 16) | (byte(green) << 8) | byte(red)) >>> 0;
}
