/** A surface's settings with the directions that they name. */
import { eigenpairOf, isCurvatureOf, type Spectrum } from "../../experiment/curvature.ts";
import type { DirectionSource, SurfaceRequest } from "../../experiment/surface.ts";
import { formatDirection } from "../../experiment/surface-texts.ts";
import type { SurfaceView, ViewDirection } from "../../experiment/surface-view.ts";
import type { Trajectory } from "../../experiment/trajectory.ts";
import type { SurfaceSource } from "./surface-source.ts";

/** How many eigenpairs from either end. */
export interface PairCounts {
  readonly top: number;
  readonly bottom: number;
}

/** A spectrum of at least so many pairs around the source's weights: known, or computed. Rejects when it can't be. */
export type FindSpectrum = (
  source: SurfaceSource,
  needed: PairCounts,
  settings: SurfaceView,
  signal: AbortSignal,
) => Spectrum | Promise<Spectrum>;

/** The principal directions of the trajectory to the source's weights: known, or computed. Rejects when they can't be. */
export type FindPrincipal = (source: SurfaceSource, signal: AbortSignal) => Promise<Trajectory>;

/** Where directions come from that are computed. */
export interface DirectionFinders {
  readonly spectrum: FindSpectrum;
  readonly principal: FindPrincipal;
}

/** Eigenpairs that the settings name. */
export function pairsNamed({ x, y }: Pick<SurfaceView, "x" | "y">): PairCounts {
  const indices = [x, y].map((direction) => (direction?.kind === "eigen" ? direction.index : 0));
  return { top: Math.max(0, ...indices), bottom: Math.max(0, ...indices.map((index) => -index)) };
}

/** Finds what to measure; at once where nothing is to be computed. */
export function findRequest(
  source: SurfaceSource,
  settings: SurfaceView,
  signal: AbortSignal,
  find: DirectionFinders,
): SurfaceRequest | Promise<SurfaceRequest> {
  const needed = pairsNamed(settings);
  const spectrum = needed.top + needed.bottom > 0 ? find.spectrum(source, needed, settings, signal) : null;
  const isAlongPath = [settings.x, settings.y].some((direction) => direction?.kind === "pca");
  const principal = isAlongPath ? find.principal(source, signal) : null;
  return spectrum instanceof Promise || principal
    ? Promise.all([spectrum, principal]).then((found) => withDirections(settings, ...found))
    : withDirections(settings, spectrum, null);
}

function withDirections(
  { x, y, ...rest }: SurfaceView,
  spectrum: Spectrum | null,
  principal: Trajectory | null,
): SurfaceRequest {
  const find = (direction: ViewDirection): DirectionSource => {
    if (direction.kind === "random") return direction;
    const label = formatDirection(direction);
    if (direction.kind === "pca") {
      const vector = principal?.directions[direction.index - 1];
      if (!vector) throw new Error(noPrincipal);
      return { kind: "vector", vector, label };
    }
    const pair = spectrum && eigenpairOf(spectrum, direction.index);
    if (!pair) throw new Error(noPair(direction.index, spectrum));
    const { eigenvalue, vector } = pair;
    const isCurvature = isCurvatureOf(spectrum.report.request, rest);
    return { kind: "vector", vector, label, ...(isCurvature && { eigenvalue }) };
  };
  return { ...rest, x: find(x), y: y && find(y) };
}

const noPair = (index: number, spectrum: Spectrum | null) =>
  `Eigenvector ${index} was not found: the solve ended with ${spectrum?.top ?? 0} pairs from the top and ${
    (spectrum?.vectors.length ?? 0) - (spectrum?.top ?? 0)
  } from the bottom. Allow it more products on the Spectrum page, or choose another direction.`;

const noPrincipal = "The recorded path has no such direction. Record more points, or choose another direction.";
