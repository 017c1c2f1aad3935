/** A surface from straight above, as large as its place, with a cursor and marks. */
import { useElementSize } from "@mantine/hooks";
import { type PointerEvent, type ReactNode, useEffect, useRef } from "react";
import { drawContours, drawGround } from "../drawing/map-drawing.ts";
import type { Cursor, Figure } from "../figure/figure.ts";
import { figureColours } from "../figure/figure-colours.ts";
import type { ViewSettings } from "../figure/view-settings.ts";
import { formatTick } from "../kit/format.ts";
import { Sym } from "../kit/symbol.tsx";
import { usePalette } from "../kit/use-palette.ts";

/** Canvas pixels along the longer side. */
const canvasSide = 640;

export interface MapPaneProps {
  readonly title: string;
  readonly figure: Figure;
  readonly view: ViewSettings;
  readonly describedBy: string;
  readonly cursor: Cursor | null;
  readonly onCursor: (cursor: Cursor | null) => void;
  /** Placed in percent of the map. */
  readonly children: ReactNode;
}

export function MapPane({ title, figure, view, describedBy, cursor, onCursor, children }: MapPaneProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const { ref, width, height } = useElementSize<HTMLDivElement>();
  const palette = usePalette();
  const { grid } = figure;
  const span = (coordinates: Float64Array) => coordinates[coordinates.length - 1] - coordinates[0];
  const aspect = Math.min(3, Math.max(1 / 3, span(grid.alpha) / span(grid.beta)));
  const { colourMap, contours } = view;
  useEffect(() => {
    const timer = setTimeout(() => {
      const context = canvas.current?.getContext("2d", { willReadFrequently: true });
      if (!context) return;
      context.canvas.width = Math.round(canvasSide * Math.min(1, aspect));
      context.canvas.height = Math.round(canvasSide / Math.max(1, aspect));
      drawGround(context, figure, figureColours(figure, colourMap), palette);
      if (contours && !figure.ghost) drawContours(context, figure, figureColours(figure, colourMap));
    });
    return () => clearTimeout(timer);
  }, [figure, colourMap, contours, palette, aspect]);
  const onMove = (event: PointerEvent<HTMLDivElement>) => {
    if (figure.ghost) return;
    const box = event.currentTarget.getBoundingClientRect();
    const index = (t: number, count: number) => Math.min(Math.max(Math.round(t * (count - 1)), 0), count - 1);
    onCursor({
      column: index((event.clientX - box.left) / box.width, grid.columns),
      row: index(1 - (event.clientY - box.top) / box.height, grid.rows),
    });
  };
  const mapWidth = Math.min(width, height * aspect);
  const percent = (index: number, count: number) => `${(index / Math.max(1, count - 1)) * 100}%`;
  return (
    <div className="pane-picture pane-map">
      <span className="pane-map-beta" style={{ height: mapWidth / aspect }}>
        <span>{endText(grid.beta[grid.rows - 1])}</span>
        <Sym>β</Sym>
        <span>{endText(grid.beta[0])}</span>
      </span>
      <div ref={ref} className="pane-map-room">
        <div
          className="map-canvas"
          style={{ width: mapWidth, height: mapWidth / aspect }}
          onPointerMove={onMove}
          onPointerLeave={() => onCursor(null)}
        >
          <canvas ref={canvas} role="img" aria-label={`${title}: contour map`} aria-describedby={describedBy} />
          {cursor && (
            <>
              <span className="map-cursor map-cursor-alpha" style={{ left: percent(cursor.column, grid.columns) }} />
              <span className="map-cursor map-cursor-beta" style={{ bottom: percent(cursor.row, grid.rows) }} />
            </>
          )}
          {children}
        </div>
      </div>
      <span className="pane-map-alpha" style={{ width: mapWidth }}>
        <span>{endText(grid.alpha[0])}</span>
        <Sym>α</Sym>
        <span>{endText(grid.alpha[grid.columns - 1])}</span>
      </span>
    </div>
  );
}

/** The end of an axis to three figures: planes through models end at odd numbers. */
const endText = (value: number) => formatTick(Number(value.toPrecision(3)));
