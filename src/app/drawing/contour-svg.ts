/**
 * The contour map as an SVG document: colours as an embedded picture, contours, axes, marks, legend and caption as
 * vectors and text, for a paper. A string only; the ground's picture is given as a data URL.
 */

import { centreCell } from "../../experiment/progressive-grid.ts";
import type { ColourMapName } from "../figure/colour-maps.ts";
import { colourScale } from "../figure/colour-scale.ts";
import { traceContours } from "../figure/contour-lines.ts";
import { joinContours } from "../figure/contour-paths.ts";
import type { CaptionParts } from "../figure/describe.ts";
import type { Figure } from "../figure/figure.ts";
import { figureStops } from "../figure/figure-colours.ts";
import type { PlacedPoint } from "../figure/figure-path.ts";
import { modelField } from "../figure/quadratic-model.ts";
import { linearTicks } from "../figure/ticks.ts";
import { formatTick } from "../kit/format.ts";
import { modelDash } from "./model-contours.ts";
import { pathDots, pathSegments, placesOf } from "./path-drawing.ts";

const mapWidth = 560;
const left = 56;
const top = 20;
const captionColumns = 96;

export interface ContourSvgOptions {
  readonly ground: string;
  readonly colourMap: ColourMapName;
  readonly caption: CaptionParts;
}

export function contourSvg(figure: Figure, { ground, colourMap, caption }: ContourSvgOptions): string {
  const { grid } = figure;
  const span = (coordinates: Float64Array) => coordinates[coordinates.length - 1] - coordinates[0];
  const mapHeight = Math.round(mapWidth * Math.min(1.5, Math.max(1 / 3, span(grid.beta) / span(grid.alpha))));
  const lines = wrapText(`${caption.title} ${caption.text}`, captionColumns);
  const legendTop = top + mapHeight + 58;
  const [width, height] = [left + mapWidth + 24, legendTop + 58 + lines.length * 17];
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family="Helvetica, Arial, sans-serif" font-size="12" fill="#171c21">`,
    `<title>${escapeXml(caption.title)}</title>`,
    `<rect width="100%" height="100%" fill="#ffffff"/>`,
    `<image x="${left}" y="${top}" width="${mapWidth}" height="${mapHeight}" preserveAspectRatio="none" href="${ground}"/>`,
    contourPaths(figure, mapHeight),
    modelPaths(figure, mapHeight),
    pathLayer(figure, mapHeight),
    axes(figure, mapHeight),
    marks(figure, mapHeight),
    legend(figure, colourMap, legendTop),
    ...lines.map((line, index) => `<text x="${left}" y="${legendTop + 58 + index * 17}">${escapeXml(line)}</text>`),
    "</svg>",
  ].join("\n");
}

/** Heights' colours and their contours go together; on a layer's colours a pale casing keeps the lines legible. */
function contourPaths({ display, levels, layer }: Figure, mapHeight: number): string {
  const paths = levels.map(() => "");
  const x = (column: number) => (left + (column / (display.columns - 1)) * mapWidth).toFixed(2);
  const y = (row: number) => (top + (1 - row / (display.rows - 1)) * mapHeight).toFixed(2);
  traceContours(
    display,
    levels.map(({ scaled }) => scaled),
    (x0, y0, x1, y1, level) => {
      paths[level] += `M${x(x0)} ${y(y0)}L${x(x1)} ${y(y1)}`;
    },
  );
  const casing = layer
    ? `<g fill="none" stroke="#ffffff" stroke-opacity="0.45" stroke-width="1.8">${paths.map((d) => `<path d="${d}"/>`).join("")}</g>\n`
    : "";
  const lines = levels.map(({ value, index }, level) => {
    const stroke = index ? 1.4 : 0.6;
    return `<path d="${paths[level]}" fill="none" stroke="#0b0f13" stroke-opacity="0.7" stroke-width="${stroke}" stroke-linecap="round"><title>${formatTick(value)}</title></path>`;
  });
  return casing + lines.join("\n");
}

/** Whole lines, so that the dashes run on; white on dark, as on the page. */
function modelPaths({ model, grid, range, levels }: Figure, mapHeight: number): string {
  if (!model) return "";
  const field = modelField(model, range.kind, grid.alpha, grid.beta);
  const place = (points: readonly number[], at: number) =>
    `${(left + (points[at] / (field.columns - 1)) * mapWidth).toFixed(2)} ${(top + (1 - points[at + 1] / (field.rows - 1)) * mapHeight).toFixed(2)}`;
  const paths = joinContours(
    field,
    levels.map(({ scaled }) => scaled),
  ).map(({ level, points }) => {
    let line = `M${place(points, 0)}`;
    for (let at = 2; at < points.length; at += 2) line += `L${place(points, at)}`;
    return `<path d="${line}"><title>Quadratic model, ${formatTick(levels[level].value)}</title></path>`;
  });
  const group = (stroke: string, width: number) =>
    `<g fill="none" stroke="${stroke}" stroke-width="${width}" stroke-dasharray="${modelDash.join(" ")}">${paths.join("")}</g>`;
  return `${group("#0b0f13", 3)}\n${group("#ffffff", 1.4)}`;
}

/** The training's path: as wide as its points are near the plane, on a white casing; a ring where it begins. */
function pathLayer({ path, grid }: Figure, mapHeight: number): string {
  if (!path) return "";
  const places = placesOf(grid, path);
  const at = ({ u, v }: PlacedPoint) => [(left + u * mapWidth).toFixed(2), (top + (1 - v) * mapHeight).toFixed(2)];
  const lines = (stroke: string, extra: number) =>
    pathSegments(path, places)
      .map(({ from, to, width }) => {
        const [[x1, y1], [x2, y2]] = [at(from), at(to)];
        return `<path d="M${x1} ${y1}L${x2} ${y2}" stroke="${stroke}" stroke-width="${(width + extra).toFixed(2)}"/>`;
      })
      .join("");
  const dots = pathDots(path, places).map((dot) => {
    const [x, y] = at(dot);
    const look = dot.kind === "start" ? `fill="#ffffff" stroke="#a1165c" stroke-width="1.75"` : `fill="#a1165c"`;
    return `<circle cx="${x}" cy="${y}" r="${dot.radius.toFixed(2)}" ${look}><title>Step ${path.step[dot.index]}</title></circle>`;
  });
  return `<g fill="none" stroke-linecap="round">${lines("#ffffff", 2)}${lines("#a1165c", 0)}</g>\n${dots.join("")}`;
}

function axes({ grid }: Figure, mapHeight: number): string {
  const along = (coordinates: Float64Array) => {
    const low = coordinates[0];
    const high = coordinates[coordinates.length - 1];
    return linearTicks(low, high, 5).map((value) => ({ place: (value - low) / (high - low), text: formatTick(value) }));
  };
  const bottom = top + mapHeight;
  const alphaTicks = along(grid.alpha).map(({ place, text }) => {
    const x = left + place * mapWidth;
    return `<path d="M${x} ${bottom}v5" stroke="#171c21"/><text x="${x}" y="${bottom + 18}" text-anchor="middle">${text}</text>`;
  });
  const betaTicks = along(grid.beta).map(({ place, text }) => {
    const y = top + (1 - place) * mapHeight;
    return `<path d="M${left} ${y}h-5" stroke="#171c21"/><text x="${left - 9}" y="${y + 4}" text-anchor="end">${text}</text>`;
  });
  const symbol = `font-family="Times New Roman, serif" font-style="italic" font-size="16"`;
  return [
    `<rect x="${left}" y="${top}" width="${mapWidth}" height="${mapHeight}" fill="none" stroke="#171c21"/>`,
    ...alphaTicks,
    ...betaTicks,
    `<text x="${left + mapWidth / 2}" y="${bottom + 36}" text-anchor="middle" ${symbol}>α</text>`,
    `<text x="14" y="${top + mapHeight / 2}" ${symbol}>β</text>`,
  ].join("\n");
}

function marks({ grid, display, metric }: Figure, mapHeight: number): string {
  const place = (cell: number) => [
    left + ((cell % grid.columns) / Math.max(1, grid.columns - 1)) * mapWidth,
    top + (1 - Math.floor(cell / grid.columns) / Math.max(1, grid.rows - 1)) * mapHeight,
  ];
  const centre = centreCell(grid);
  const best = metric === "accuracy" ? display.maxCell : display.minCell;
  const look = `fill="#a1165c" stroke="#ffffff" stroke-width="1.5"`;
  const dot = centre < 0 ? "" : `<circle cx="${place(centre)[0]}" cy="${place(centre)[1]}" r="5" ${look}/>`;
  if (best < 0 || best === centre) return dot;
  const [x, y] = place(best);
  return `${dot}\n<path d="M${x} ${y - 6}l6 6l-6 6l-6 -6z" ${look}/>`;
}

/** The colour bar at height `y`, from the left margin of the map. */
export function legend(figure: Figure, colourMap: ColourMapName, y: number): string {
  const width = 300;
  const stops = figureStops(figure, colourMap);
  const scale = colourScale(figure);
  const arrow = (x: number, length: number, colour: string) =>
    `<path d="M${x} ${y}l${length} 5l${-length} 5z" fill="${legacyRgb(colour)}"/>`;
  return [
    `<defs><linearGradient id="scale">${stops
      .map((stop, index) => `<stop offset="${index / (stops.length - 1)}" stop-color="${legacyRgb(stop)}"/>`)
      .join("")}</linearGradient></defs>`,
    `<rect x="${left}" y="${y}" width="${width}" height="10" fill="url(#scale)"/>`,
    scale.clipsLow ? arrow(left, -9, stops[0]) : "",
    scale.clipsHigh ? arrow(left + width, 9, stops[stops.length - 1]) : "",
    ...scale.ticks.map(({ place, text }) => {
      const x = left + place * width;
      return `<path d="M${x} ${y + 10}v4" stroke="#171c21"/><text x="${x}" y="${y + 27}" text-anchor="middle">${text}</text>`;
    }),
    `<text x="${left + width + 18}" y="${y + 10}" font-weight="bold">${escapeXml(scale.name)}</text>`,
    `<text x="${left + width + 18}" y="${y + 27}">${scale.unit}</text>`,
  ].join("\n");
}

/** "rgb(1 2 3)" is not understood by every SVG reader. */
const legacyRgb = (colour: string) => colour.replaceAll(" ", ",");

export const escapeXml = (text: string) =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");

/** Lines of at most so many characters, broken between words. */
export function wrapText(text: string, columns: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(" ")) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= columns) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}
