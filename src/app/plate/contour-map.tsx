/** The same figure from straight above: colours, contours, the marks, and the cursor it shares with the relief. */
import { useElementSize } from "@mantine/hooks";
import { type PointerEvent, useEffect, useMemo, useRef } from "react";
import { useStore } from "zustand";
import { centreCell } from "../../experiment/progressive-grid.ts";
import { useLandscape } from "../context/landscape.ts";
import { useSession } from "../context/session.ts";
import { drawContours, drawGround } from "../drawing/map-drawing.ts";
import { drawModelContours, modelStrokes } from "../drawing/model-contours.ts";
import type { Figure } from "../figure/figure.ts";
import { figureColours } from "../figure/figure-colours.ts";
import { formatTick } from "../kit/format.ts";
import { Sym } from "../kit/symbol.tsx";
import { usePalette } from "../kit/use-palette.ts";
import { PathOnMap, pointOnMap } from "./path-on-map.tsx";

/** Pixels across on the screen, beside the relief. */
const insetWidth = 196;
const canvasPixelsPerPixel = 2;

/** The map in the corner of the plate, beside the relief. */
export function ContourMap({ figure }: { readonly figure: Figure }) {
  return (
    <figure className="map map-inset" aria-label="Contour map of the same figure">
      <MapBody figure={figure} width={insetWidth} />
    </figure>
  );
}

/** The map in the relief's place, as large as the plate allows. */
export function StageMap({ figure, describedBy }: { readonly figure: Figure; readonly describedBy: string }) {
  const { ref, width, height } = useElementSize<HTMLDivElement>();
  const across = Math.floor(Math.min(width - mapPadding, (height - mapPadding - axisHeight) / heightPerWidth(figure)));
  return (
    <div className="map-stage" ref={ref}>
      {across > 0 && (
        <figure className="map" aria-label="Contour map" aria-describedby={describedBy}>
          <MapBody figure={figure} width={across} />
        </figure>
      )}
    </div>
  );
}

const mapPadding = 18;
const axisHeight = 22;

function heightPerWidth({ grid }: Figure): number {
  const span = (coordinates: Float64Array) => coordinates[coordinates.length - 1] - coordinates[0];
  return Math.min(1.5, Math.max(1 / 3, span(grid.beta) / span(grid.alpha)));
}

/** `width` in pixels on the screen. */
function MapBody({ figure, width }: { readonly figure: Figure; readonly width: number }) {
  const { settings } = useSession();
  const { figure: figureStore, replay } = useLandscape();
  const canvas = useRef<HTMLCanvasElement>(null);
  const palette = usePalette();
  const { colourMap, contours } = useStore(settings, (state) => state.current.view);
  const { grid } = figure;
  const canvasWidth = width * canvasPixelsPerPixel;
  const canvasHeight = Math.round(canvasWidth * heightPerWidth(figure));

  // In a task of its own: the relief was built and the page rendered in this one.
  useEffect(() => {
    const timer = setTimeout(() => {
      const context = canvas.current?.getContext("2d", { willReadFrequently: true });
      if (!context) return;
      context.canvas.width = canvasWidth;
      context.canvas.height = canvasHeight;
      const colours = figureColours(figure, colourMap);
      drawGround(context, figure, colours, palette);
      if (contours && !figure.ghost) drawContours(context, figure, colours);
      drawModelContours(context, figure, { ...modelStrokes, scale: canvasPixelsPerPixel });
    });
    return () => clearTimeout(timer);
  }, [figure, colourMap, contours, palette, canvasWidth, canvasHeight]);

  const onMove = (event: PointerEvent<HTMLDivElement>) => {
    const box = event.currentTarget.getBoundingClientRect();
    const [u, v] = [(event.clientX - box.left) / box.width, 1 - (event.clientY - box.top) / box.height];
    const point = figure.path && pointOnMap({ grid, path: figure.path, width: box.width, height: box.height }, u, v);
    replay.getState().hover(point);
    if (point !== null) {
      figureStore.getState().setCursor(null);
      return;
    }
    const index = (t: number, count: number) => Math.min(Math.max(Math.round(t * (count - 1)), 0), count - 1);
    figureStore.getState().setCursor({
      column: index(u, grid.columns),
      row: index(v, grid.rows),
    });
  };
  return (
    <>
      <div
        className="map-canvas"
        style={{ width }}
        onPointerMove={onMove}
        onPointerLeave={() => {
          replay.getState().hover(null);
          figureStore.getState().setCursor(null);
        }}
      >
        <canvas ref={canvas} width={canvasWidth} height={canvasHeight} />
        {figure.path && !figure.ghost && (
          <PathOnMap grid={grid} path={figure.path} width={width} height={canvasHeight / canvasPixelsPerPixel} />
        )}
        <MapCursor figure={figure} />
        <MapMarks figure={figure} />
      </div>
      <div className="map-axis">
        <span>{formatTick(grid.alpha[0])}</span>
        <span>
          <Sym>α</Sym> across, <Sym>β</Sym> up
        </span>
        <span>{formatTick(grid.alpha[grid.columns - 1])}</span>
      </div>
    </>
  );
}

const percent = (index: number, count: number) => `${(index / Math.max(1, count - 1)) * 100}%`;

function MapCursor({ figure: { grid } }: { readonly figure: Figure }) {
  const { figure } = useLandscape();
  const cursor = useStore(figure, (state) => state.cursor);
  if (!cursor) return null;
  return (
    <>
      <span className="map-cursor map-cursor-alpha" style={{ left: percent(cursor.column, grid.columns) }} />
      <span className="map-cursor map-cursor-beta" style={{ bottom: percent(cursor.row, grid.rows) }} />
    </>
  );
}

/** The centre, and the smallest loss or the largest accuracy. */
export function MapMarks({ figure: { grid, display, metric } }: { readonly figure: Figure }) {
  const marks = useMemo(() => {
    const centre = centreCell(grid);
    const best = metric === "accuracy" ? display.maxCell : display.minCell;
    return [
      { kind: "centre", cell: centre },
      { kind: "best", cell: best === centre ? -1 : best },
    ].filter(({ cell }) => cell >= 0);
  }, [grid, display, metric]);
  return marks.map(({ kind, cell }) => (
    <span
      key={kind}
      className={`map-mark map-mark-${kind}`}
      style={{
        left: percent(cell % grid.columns, grid.columns),
        bottom: percent(Math.floor(cell / grid.columns), grid.rows),
      }}
    />
  ));
}
