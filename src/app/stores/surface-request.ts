/** A surface's settings with the directions that they name. */
import { eigenvectorOf, type Spectrum } from "../../experiment/curvature.ts";
import type { DirectionSource, SurfaceRequest } from "../../experiment/surface.ts";
import { formatDirection } from "../../experiment/surface-texts.ts";
import type { SurfaceView, ViewDirection } from "../../experiment/surface-view.ts";
import type { SurfaceSource } from "./surface-store.ts";

/** How many eigenpairs from either end. */
export interface PairCounts {
  readonly top: number;
  readonly bottom: number;
}

/** A spectrum of at least so many pairs around the source's weights: at hand, or computed. Rejects when it can't be. */
export type FindSpectrum = (
  source: SurfaceSource,
  needed: PairCounts,
  settings: SurfaceView,
  signal: AbortSignal,
) => Spectrum | Promise<Spectrum>;

/** Eigenpairs that the settings name. */
export function pairsNamed({ x, y }: Pick<SurfaceView, "x" | "y">): PairCounts {
  const indices = [x, y].map((direction) => (direction?.kind === "eigen" ? direction.index : 0));
  return { top: Math.max(0, ...indices), bottom: Math.max(0, ...indices.map((index) => -index)) };
}

/** At once where nothing is to be computed. */
export function findRequest(
  source: SurfaceSource,
  settings: SurfaceView,
  signal: AbortSignal,
  findSpectrum: FindSpectrum,
): SurfaceRequest | Promise<SurfaceRequest> {
  const needed = pairsNamed(settings);
  if (needed.top === 0 && needed.bottom === 0) return withDirections(settings, null);
  const spectrum = findSpectrum(source, needed, settings, signal);
  return spectrum instanceof Promise
    ? spectrum.then((found) => withDirections(settings, found))
    : withDirections(settings, spectrum);
}

function withDirections({ x, y, ...rest }: SurfaceView, spectrum: Spectrum | null): SurfaceRequest {
  const find = (direction: ViewDirection): DirectionSource => {
    if (direction.kind === "random") return direction;
    const vector = spectrum && eigenvectorOf(spectrum, direction.index);
    if (!vector)
      throw new Error(
        `Eigenvector ${direction.index} was not found: the solve ended with ${spectrum?.top ?? 0} pairs from the top and ${
          (spectrum?.vectors.length ?? 0) - (spectrum?.top ?? 0)
        } from the bottom. Allow it more products on the Spectrum page, or choose another direction.`,
      );
    return { kind: "vector", vector, label: formatDirection(direction) };
  };
  return { ...rest, x: find(x), y: y && find(y) };
}
