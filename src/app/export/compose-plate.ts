/** The relief's picture with its labels, legend and caption on one sheet, as it would stand in a paper. */
import type { ColourMapName } from "../figure/colour-maps.ts";
import { colourScale } from "../figure/colour-scale.ts";
import type { CaptionParts } from "../figure/describe.ts";
import type { Figure } from "../figure/figure.ts";
import { figureStops } from "../figure/figure-colours.ts";
import { pathKey } from "../figure/path-words.ts";

export function composePlate(
  scene: HTMLCanvasElement,
  figure: Figure,
  caption: CaptionParts,
  colourMap: ColourMapName,
): HTMLCanvasElement {
  const style = getComputedStyle(document.documentElement);
  const font = getComputedStyle(document.body).fontFamily;
  const token = (name: string) => style.getPropertyValue(name).trim();
  const scale = Math.max(2, scene.width / scene.clientWidth);
  const width = scene.clientWidth;
  const sheet = document.createElement("canvas");
  const context = sheet.getContext("2d")!;
  context.font = `13px ${font}`;
  const lines = wrap(context, `${caption.title} ${caption.text}`, width - 48);
  const legendHeight = isNarrow(width) ? narrowLegendHeight : wideLegendHeight;
  const height = scene.clientHeight + legendHeight + lines.length * 19 + 16;
  sheet.width = Math.round(width * scale);
  sheet.height = Math.round(height * scale);
  context.scale(scale, scale);
  context.fillStyle = token("--paper");
  context.fillRect(0, 0, width, height);
  context.drawImage(scene, 0, 0, width, scene.clientHeight);
  drawLabels(context, token);
  drawLegend(context, figure, colourMap, 24, scene.clientHeight + 22, token, font);
  context.fillStyle = token("--ink");
  context.font = `13px ${font}`;
  context.textAlign = "left";
  for (const [index, line] of lines.entries())
    context.fillText(line, 24, scene.clientHeight + legendHeight + 18 + index * 19);
  return sheet;
}

/** The legend's words stand beside its bar, or below it where there is no room. */
const isNarrow = (width: number) => width < 620;
const wideLegendHeight = 64;
const narrowLegendHeight = 108;

/** The HTML labels at the places where they stand on the screen. */
function drawLabels(context: CanvasRenderingContext2D, token: (name: string) => string): void {
  const layer = document.querySelector(".scene-labels");
  if (!layer) return;
  const origin = layer.getBoundingClientRect();
  for (const label of layer.querySelectorAll<HTMLElement>(".scene-label")) {
    if (label.style.visibility !== "visible") continue;
    const box = label.getBoundingClientRect();
    const style = getComputedStyle(label);
    context.font = `${style.fontStyle} ${style.fontWeight} ${style.fontSize} ${style.fontFamily}`;
    context.textAlign = "center";
    context.textBaseline = "middle";
    const x = box.left - origin.left + box.width / 2;
    const y = box.top - origin.top + box.height / 2;
    if (label.classList.contains("scene-label-pin")) {
      context.fillStyle = token("--halo");
      context.fillRect(box.left - origin.left, box.top - origin.top, box.width, box.height);
    }
    context.fillStyle = style.color;
    context.fillText(label.textContent ?? "", x, y);
  }
  context.textBaseline = "alphabetic";
}

function drawLegend(
  context: CanvasRenderingContext2D,
  figure: Figure,
  colourMap: ColourMapName,
  left: number,
  top: number,
  token: (name: string) => string,
  font: string,
): void {
  const width = 300;
  const gradient = context.createLinearGradient(left, 0, left + width, 0);
  const stops = figureStops(figure, colourMap);
  const scale = colourScale(figure);
  for (const [index, stop] of stops.entries()) {
    gradient.addColorStop(index / (stops.length - 1), stop.replaceAll(" ", ","));
  }
  context.fillStyle = gradient;
  context.fillRect(left, top, width, 10);
  if (scale.clipsLow) drawClipMark(context, left, top, -9, stops[0]);
  if (scale.clipsHigh) drawClipMark(context, left + width, top, 9, stops[stops.length - 1]);
  context.fillStyle = token("--ink-soft");
  context.font = `12px ${font}`;
  context.textAlign = "center";
  for (const { place, text } of scale.ticks) {
    context.fillRect(left + place * width - 0.5, top + 10, 1, 4);
    context.fillText(text, left + place * width, top + 27);
  }
  context.textAlign = "left";
  const words = isNarrow(context.canvas.width / context.getTransform().a)
    ? { left, top: top + 50 }
    : { left: left + width + 18, top: top + 10 };
  const clipped = scale.clipsHigh || scale.clipsLow ? ", beyond the arrows clipped" : "";
  context.fillText(`${scale.name}, ${scale.unit}${clipped}`, words.left, words.top);
  if (figure.path) drawPathKey(context, words.left, words.top + 17, token);
}

/** The tube grows thinner with the distance off the plane. */
function drawPathKey(
  context: CanvasRenderingContext2D,
  left: number,
  baseline: number,
  token: (name: string) => string,
) {
  const [length, wide, thin] = [26, 7, 2];
  const middle = baseline - 4;
  context.fillStyle = token("--accent");
  context.beginPath();
  context.moveTo(left, middle - wide / 2);
  context.lineTo(left + length, middle - thin / 2);
  context.lineTo(left + length, middle + thin / 2);
  context.lineTo(left, middle + wide / 2);
  context.fill();
  context.fillStyle = token("--ink-soft");
  context.fillText(pathKey, left + length + 8, baseline);
}

/** A pointed end: the data go on beyond the bar. */
function drawClipMark(context: CanvasRenderingContext2D, x: number, top: number, length: number, colour: string): void {
  context.fillStyle = colour.replaceAll(" ", ",");
  context.beginPath();
  context.moveTo(x, top);
  context.lineTo(x + length, top + 5);
  context.lineTo(x, top + 10);
  context.fill();
}

function wrap(context: CanvasRenderingContext2D, text: string, width: number): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ")) {
    const longer = line ? `${line} ${word}` : word;
    if (line && context.measureText(longer).width > width) {
      lines.push(line);
      line = word;
    } else line = longer;
  }
  return line ? [...lines, line] : lines;
}
