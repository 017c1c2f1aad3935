/** The same figure from straight above: colours, contours, the marks, and the cursor it shares with the relief. */
import { contours } from "d3-contour";
import { useEffect, useMemo, useRef } from "react";
import { useStore } from "zustand";
import { useStores } from "../app-stores.ts";
import { colourTable } from "../figure/colour-maps.ts";
import { formatTick } from "../figure/format.ts";
import { centreCell } from "../scene/mark-layout.ts";
import type { Figure } from "../stores/figure-store.ts";
import { Sym } from "./symbol.tsx";
import { usePalette } from "./use-palette.ts";

const pixels = 400;

export function ContourMap({ figure }: { readonly figure: Figure }) {
  const stores = useStores();
  const canvas = useRef<HTMLCanvasElement>(null);
  const palette = usePalette();
  const { colourMap, contours: drawContours } = useStore(stores.settings, (state) => state.current.view);
  const cursor = useStore(stores.figure, (state) => state.cursor);
  const { grid, display, metric } = figure;
  const aspect = Math.min(
    2,
    Math.max(0.5, (grid.beta[grid.rows - 1] - grid.beta[0]) / (grid.alpha[grid.columns - 1] - grid.alpha[0])),
  );
  const height = Math.round(pixels * aspect);

  useEffect(() => {
    const context = canvas.current?.getContext("2d");
    if (!context) return;
    drawGround(context, figure, colourTable(colourMap, metric === "accuracy"), palette, pixels, height);
    if (drawContours && !figure.ghost) drawLines(context, figure, pixels, height);
  }, [figure, colourMap, metric, drawContours, palette, height]);

  const place = useMemo(() => {
    const x = (column: number) => ((column + 0.5) / grid.columns) * 100;
    const y = (row: number) => (1 - (row + 0.5) / grid.rows) * 100;
    return { x, y };
  }, [grid]);
  const marks = useMemo(() => {
    const cells: { cell: number; name: string }[] = [];
    const centre = centreCell(figure);
    const best = metric === "accuracy" ? display.maxCell : display.minCell;
    if (centre >= 0) cells.push({ cell: centre, name: "centre" });
    if (best >= 0 && best !== centre) cells.push({ cell: best, name: "best" });
    return cells.map(({ cell, name }) => ({ name, column: cell % grid.columns, row: Math.floor(cell / grid.columns) }));
  }, [figure, grid, display, metric]);

  return (
    <figure className="map" aria-label="Contour map of the same figure">
      <div
        className="map-canvas"
        onPointerMove={(event) => {
          const box = event.currentTarget.getBoundingClientRect();
          const column = Math.floor(((event.clientX - box.left) / box.width) * grid.columns);
          const row = Math.floor((1 - (event.clientY - box.top) / box.height) * grid.rows);
          const within = (value: number, count: number) => Math.min(Math.max(value, 0), count - 1);
          stores.figure.getState().setCursor({ column: within(column, grid.columns), row: within(row, grid.rows) });
        }}
        onPointerLeave={() => stores.figure.getState().setCursor(null)}
      >
        <canvas ref={canvas} width={pixels} height={height} />
        <svg viewBox="0 0 100 100" preserveAspectRatio="none" aria-hidden>
          {cursor && (
            <g stroke={palette.accent} vectorEffect="non-scaling-stroke" strokeWidth={1}>
              <line
                x1={place.x(cursor.column)}
                x2={place.x(cursor.column)}
                y1={0}
                y2={100}
                vectorEffect="non-scaling-stroke"
              />
              <line
                x1={0}
                x2={100}
                y1={place.y(cursor.row)}
                y2={place.y(cursor.row)}
                vectorEffect="non-scaling-stroke"
              />
            </g>
          )}
        </svg>
        {marks.map(({ name, column, row }) => (
          <span
            key={name}
            className={`map-mark map-mark-${name}`}
            style={{ left: `${place.x(column)}%`, top: `${place.y(row)}%` }}
          />
        ))}
      </div>
      <div className="map-axis">
        <span>{formatTick(grid.alpha[0])}</span>
        <span>
          <Sym>α</Sym> across, <Sym>β</Sym> up
        </span>
        <span>{formatTick(grid.alpha[grid.columns - 1])}</span>
      </div>
    </figure>
  );
}

interface MapPalette {
  readonly paper: readonly [number, number, number];
  readonly ink: readonly [number, number, number];
}

function drawGround(
  context: CanvasRenderingContext2D,
  { display, range }: Figure,
  table: Uint8Array,
  { paper, ink }: MapPalette,
  width: number,
  height: number,
): void {
  const image = context.createImageData(width, height);
  const data = image.data;
  for (let y = 0; y < height; y++) {
    const row = Math.round((1 - (y + 0.5) / height) * (display.rows - 1));
    for (let x = 0; x < width; x++) {
      const column = Math.round(((x + 0.5) / width) * (display.columns - 1));
      const vertex = (row * display.columns + column) * 4;
      const t = (display.texels[vertex] - range.scaledLow) / (range.scaledHigh - range.scaledLow);
      const measured = display.texels[vertex + 1] > 0.5;
      const notFinite = display.texels[vertex + 2] > 0.5;
      const entry = Math.round(Math.min(Math.max(t, 0), 1) * 255) * 4;
      const hatched = (x + y) % 14 < 2;
      const crossed = hatched || (x - y + 14 * height) % 14 < 2;
      const at = (y * width + x) * 4;
      for (let channel = 0; channel < 3; channel++) {
        const hue = table[entry + channel];
        const sheet = paper[channel] * 255;
        const line = ink[channel] * 255;
        let value = hue;
        if (!measured) value = hatched ? sheet * 0.65 + line * 0.35 : sheet * 0.58 + hue * 0.42;
        else if (notFinite) value = crossed ? sheet * 0.6 + line * 0.4 : line * 0.78 + sheet * 0.22;
        else if (t > 1.0001 || t < -0.0001) value = hue * 0.5 + sheet * 0.5;
        data[at + channel] = value;
      }
      data[at + 3] = 255;
    }
  }
  context.putImageData(image, 0, 0);
}

function drawLines(
  context: CanvasRenderingContext2D,
  { display, levels }: Figure,
  width: number,
  height: number,
): void {
  const step = Math.max(1, Math.floor(display.columns / 100));
  const columns = Math.floor((display.columns - 1) / step) + 1;
  const rows = Math.floor((display.rows - 1) / step) + 1;
  const values = new Array<number>(columns * rows);
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      values[row * columns + column] = display.texels[(row * step * display.columns + column * step) * 4];
    }
  }
  const generator = contours().size([columns, rows]);
  const toX = (x: number) => ((x - 0.5) / (columns - 1)) * width;
  const toY = (y: number) => (1 - (y - 0.5) / (rows - 1)) * height;
  context.strokeStyle = "rgb(8 12 16 / 62%)";
  for (const { scaled, index } of levels) {
    context.lineWidth = index ? 2 : 0.9;
    context.beginPath();
    for (const polygon of generator.contour(values, scaled).coordinates) {
      for (const ring of polygon) strokeInside(context, ring as [number, number][], columns, rows, toX, toY);
    }
    context.stroke();
  }
}

/** d3 closes its rings along the border; those stretches are no contours. */
function strokeInside(
  context: CanvasRenderingContext2D,
  ring: readonly [number, number][],
  columns: number,
  rows: number,
  toX: (x: number) => number,
  toY: (y: number) => number,
): void {
  const outside = ([x, y]: readonly [number, number]) => x <= 0 || y <= 0 || x >= columns || y >= rows;
  let pen = false;
  for (const point of ring) {
    if (outside(point)) {
      pen = false;
      continue;
    }
    if (pen) context.lineTo(toX(point[0]), toY(point[1]));
    else context.moveTo(toX(point[0]), toY(point[1]));
    pen = true;
  }
}
