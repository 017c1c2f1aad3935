/** The path over the contour map, under the pointer too. */
import { useMemo } from "react";
import type { ProgressiveGrid } from "../../experiment/progressive-grid.ts";
import { useLandscape } from "../context/landscape.ts";
import { placesOf } from "../drawing/path-drawing.ts";
import type { FigurePath } from "../figure/figure-path.ts";
import { PathSvg } from "./path-svg.tsx";

export interface PathOnMapProps {
  readonly grid: ProgressiveGrid;
  readonly path: FigurePath;
  /** Pixels on screen. */
  readonly width: number;
  readonly height: number;
}

export function PathOnMap({ grid, path, width, height }: PathOnMapProps) {
  const { replay } = useLandscape();
  const places = useMemo(() => placesOf(grid, path), [grid, path]);
  return (
    <svg className="map-path" viewBox={`0 0 ${width} ${height}`} preserveAspectRatio="none" aria-hidden>
      <PathSvg path={path} places={places} width={width} height={height} replay={replay} />
    </svg>
  );
}

const reachPixels = 7;

/** The point nearest to a place on the map, if the pointer is on it. */
export function pointOnMap({ grid, path, width, height }: PathOnMapProps, u: number, v: number): number | null {
  let best = { index: -1, distance: reachPixels };
  for (const [index, place] of placesOf(grid, path).entries()) {
    const distance = Math.hypot((place.u - u) * width, (place.v - v) * height);
    if (distance < best.distance) best = { index, distance };
  }
  return best.index < 0 ? null : best.index;
}
