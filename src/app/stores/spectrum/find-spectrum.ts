/** Eigenpairs for a surface's directions: the known ones where they will do, else a solve for them. */
import type { Spectrum } from "../../../experiment/curvature.ts";
import type { SurfaceView } from "../../../experiment/surface-view.ts";
import { solveParams } from "../measurements/spectrum.ts";
import { defaultSpectrumView } from "../settings/spectrum-settings.ts";
import type { PairCounts } from "../surface-request.ts";
import type { SurfaceSource } from "../surface-source.ts";
import type { SpectrumStore } from "./measurements.ts";

/** A spectrum of the same weights will do whatever it was asked of: it is what the Spectrum page shows. */
export function findSpectrum(
  store: SpectrumStore,
  source: SurfaceSource,
  needed: PairCounts,
  view: SurfaceView,
  signal: AbortSignal,
): Spectrum | Promise<Spectrum> {
  const { source: solvedAt, result, settings, measure, cancel } = store.getState();
  const isSameSource = solvedAt?.weights === source.weights;
  if (isSameSource && result && holds(result, needed)) return result;
  const { top, bottom, ...rest } = isSameSource && settings ? settings : settingsFor(view);
  const counts = { top: Math.max(top, needed.top), bottom: Math.max(bottom, needed.bottom) };
  signal.addEventListener("abort", cancel, { once: true });
  return measure(source, { ...rest, ...counts }).finally(() => signal.removeEventListener("abort", cancel));
}

/** Whether so many pairs from either end are there. */
export const holds = ({ vectors, top }: Spectrum, needed: PairCounts) =>
  top >= needed.top && vectors.length - top >= needed.bottom;

/** The Hessian of the very function that the surface shows. */
const settingsFor = ({ subset, batchNorm }: SurfaceView) =>
  solveParams(
    { top: 2, bottom: 1 },
    { ...defaultSpectrumView, subset, batchNorm: batchNorm === "batch" ? "batch" : "frozen" },
  );
