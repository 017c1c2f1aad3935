/** A pane's picture as SVG, in a box whose corner is the origin: map, line, or relief with its labels. */

import { centreCell } from "../../../experiment/progressive-grid.ts";
import { pathOf } from "../../chart/axis.ts";
import { spreadLabels } from "../../chart/spread-labels.ts";
import { escapeXml } from "../../drawing/contour-svg.ts";
import { traceContours } from "../../figure/contour-lines.ts";
import type { Figure } from "../../figure/figure.ts";
import { profileOf } from "../../figure/profile.ts";
import { linearTicks, rangeTicks } from "../../figure/ticks.ts";
import { toScale } from "../../figure/value-scale.ts";
import { formatTick } from "../../kit/format.ts";

export interface BodySize {
  readonly width: number;
  readonly height: number;
}

const margin = { left: 40, right: 8, top: 4, bottom: 34 };
const ink = "#171c21";
const nameHeight = 14;

/** A place on a map, from 0 to 1 along α and β. */
export type MapPlace = readonly [number, number];

export interface MapMark {
  readonly place: MapPlace;
  readonly name: string;
  readonly colour: string;
}

export interface MapOverlay {
  readonly marks: readonly MapMark[];
  /** A line over the map; empty for none. */
  readonly path: readonly MapPlace[];
}

/** Colours as an embedded picture, contours and what lies over them as vectors; without an overlay the centre is marked. */
export function mapBody(figure: Figure, ground: string, size: BodySize, overlay?: MapOverlay): string {
  const { grid, display, levels } = figure;
  const span = (coordinates: Float64Array) => coordinates[coordinates.length - 1] - coordinates[0];
  const room = { width: size.width - margin.left - margin.right, height: size.height - margin.top - margin.bottom };
  const aspect = span(grid.alpha) / span(grid.beta);
  const width = Math.min(room.width, room.height * aspect);
  const height = width / aspect;
  const left = margin.left + (room.width - width) / 2;
  const x = (t: number) => left + t * width;
  const y = (t: number) => margin.top + (1 - t) * height;
  const paths = levels.map(() => "");
  const point = (column: number, row: number) =>
    `${x(column / (display.columns - 1)).toFixed(2)} ${y(row / (display.rows - 1)).toFixed(2)}`;
  traceContours(
    display,
    levels.map(({ scaled }) => scaled),
    (x0, y0, x1, y1, level) => {
      paths[level] += `M${point(x0, y0)}L${point(x1, y1)}`;
    },
  );
  const contours = levels.map(
    ({ index }, level) =>
      `<path d="${paths[level]}" fill="none" stroke="#0b0f13" stroke-opacity="0.7" stroke-width="${index ? 1.1 : 0.5}"/>`,
  );
  const { marks, path } = overlay ?? { marks: centreMark(figure), path: [] };
  const line = path.map(([across, up]) => `${x(across).toFixed(2)},${y(up).toFixed(2)}`).join(" ");
  const lines = line
    ? [
        `<polyline points="${line}" fill="none" stroke="#ffffff" stroke-width="4" stroke-linejoin="round"/>`,
        `<polyline points="${line}" fill="none" stroke="${ink}" stroke-width="1.8" stroke-linejoin="round"/>`,
      ]
    : [];
  const nameRows = spreadLabels(
    marks.map(({ place: [, up] }) => y(up)),
    nameHeight,
  );
  return [
    `<image x="${left}" y="${margin.top}" width="${width}" height="${height}" preserveAspectRatio="none" href="${ground}"/>`,
    ...contours,
    `<rect x="${left}" y="${margin.top}" width="${width}" height="${height}" fill="none" stroke="${ink}"/>`,
    ...floorTicks(grid.alpha).map(
      ({ place, text }) =>
        `<text x="${x(place)}" y="${margin.top + height + 15}" text-anchor="middle" font-size="11">${text}</text>`,
    ),
    ...floorTicks(grid.beta).map(
      ({ place, text }) => `<text x="${left - 6}" y="${y(place) + 4}" text-anchor="end" font-size="11">${text}</text>`,
    ),
    symbol("α", left + width / 2, margin.top + height + 30),
    ...lines,
    ...marks.map(({ place: [across, up], name, colour }, index) => {
      const [cx, cy] = [x(across), y(up)];
      const [anchor, dx] = across > 0.5 ? ["end", -8] : ["start", 8];
      return [
        `<circle cx="${cx}" cy="${cy}" r="4" fill="${colour}" stroke="#ffffff" stroke-width="1.5"/>`,
        name
          ? `<text x="${cx + Number(dx)}" y="${nameRows[index] + 4}" text-anchor="${anchor}" font-size="11" stroke="#ffffff" stroke-width="3" paint-order="stroke">${escapeXml(name)}</text>`
          : "",
      ].join("");
    }),
  ].join("\n");
}

function centreMark({ grid }: Figure): MapMark[] {
  const centre = centreCell(grid);
  if (centre < 0) return [];
  const place: MapPlace = [
    (centre % grid.columns) / (grid.columns - 1),
    Math.floor(centre / grid.columns) / (grid.rows - 1),
  ];
  return [{ place, name: "", colour: "#a1165c" }];
}

function floorTicks(coordinates: Float64Array) {
  const [low, high] = [coordinates[0], coordinates[coordinates.length - 1]];
  return linearTicks(low, high, 4).map((value) => ({ place: (value - low) / (high - low), text: formatTick(value) }));
}

const symbol = (text: string, x: number, y: number) =>
  `<text x="${x}" y="${y}" text-anchor="middle" font-family="Times New Roman, serif" font-style="italic" font-size="14">${text}</text>`;

/** The profile along α at β = 0, on the figure's range. */
export function lineBody(figure: Figure, colour: string, size: BodySize): string {
  const { grid, metric, range } = figure;
  const width = size.width - margin.left - margin.right;
  const height = size.height - margin.top - margin.bottom;
  const [low, high] = [grid.alpha[0], grid.alpha[grid.columns - 1]];
  const x = (alpha: number) => margin.left + ((alpha - low) / (high - low)) * width;
  const y = (value: number) =>
    margin.top + (1 - (toScale(value, range.kind) - range.scaledLow) / (range.scaledHigh - range.scaledLow)) * height;
  const { values } = profileOf(grid, metric);
  return [
    ...rangeTicks(range, 5).map(
      (value) =>
        `<path d="M${margin.left} ${y(value)}h${width}" stroke="#d2d7d6"/><text x="${margin.left - 6}" y="${y(value) + 4}" text-anchor="end" font-size="11">${formatTick(value)}</text>`,
    ),
    ...floorTicks(grid.alpha).map(
      ({ place, text }) =>
        `<text x="${margin.left + place * width}" y="${margin.top + height + 15}" text-anchor="middle" font-size="11">${text}</text>`,
    ),
    `<rect x="${margin.left}" y="${margin.top}" width="${width}" height="${height}" fill="none" stroke="${ink}"/>`,
    `<path d="${pathOf(values.map((value, column) => [x(grid.alpha[column]), Number.isNaN(value) ? Number.NaN : y(value)]))}" fill="none" stroke="${colour}" stroke-width="2" stroke-linejoin="round"/>`,
    symbol("α", margin.left + width / 2, margin.top + height + 30),
  ].join("\n");
}

export interface SvgLabel {
  readonly text: string;
  /** The middle, from the picture's upper left corner. */
  readonly x: number;
  readonly y: number;
  readonly kind: "tick" | "axis" | "pin";
}

const labelLooks: Readonly<Record<SvgLabel["kind"], string>> = {
  tick: `font-size="11"`,
  axis: `font-size="15" font-family="Times New Roman, serif" font-style="italic"`,
  pin: `font-size="11" font-weight="bold" fill="#a1165c" stroke="#ffffff" stroke-width="3" paint-order="stroke"`,
};

/** A picture of the relief with its labels as text. */
export function reliefBody(picture: string, labels: readonly SvgLabel[], size: BodySize): string {
  return [
    `<image width="${size.width}" height="${size.height}" href="${picture}"/>`,
    ...labels.map(
      ({ text, x, y, kind }) =>
        `<text x="${x.toFixed(1)}" y="${(y + 4).toFixed(1)}" text-anchor="middle" ${labelLooks[kind]}>${escapeXml(text)}</text>`,
    ),
  ].join("\n");
}
