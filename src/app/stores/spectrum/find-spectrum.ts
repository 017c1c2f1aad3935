/** Eigenpairs for a surface's directions: the known ones where they will do, else a solve for them. */
import type { Spectrum } from "../../../experiment/curvature.ts";
import type { SurfaceView } from "../../../experiment/surface-view.ts";
import { defaultSpectrumView, type SpectrumSettings, spectrumSettings } from "../settings/spectrum-settings.ts";
import type { PairCounts } from "../surface-request.ts";
import type { SurfaceSource } from "../surface-source.ts";
import type { SpectrumStore } from "./spectrum-store.ts";

/** A spectrum of the same weights will do whatever it was asked of: it is what the Spectrum page shows. */
export function findSpectrum(
  store: SpectrumStore,
  source: SurfaceSource,
  needed: PairCounts,
  view: SurfaceView,
  signal: AbortSignal,
): Spectrum | Promise<Spectrum> {
  const { source: solvedAt, result, settings, solve, cancel } = store.getState();
  const isSameSource = solvedAt?.weights === source.weights;
  if (isSameSource && result && holds(result, needed)) return result;
  const { top, bottom, ...rest } = isSameSource && settings ? settings : settingsFor(view);
  const counts = { top: Math.max(top, needed.top), bottom: Math.max(bottom, needed.bottom) };
  signal.addEventListener("abort", cancel, { once: true });
  return solve(source, { ...rest, ...counts }).finally(() => signal.removeEventListener("abort", cancel));
}

/** Whether so many pairs from either end are there. */
export const holds = ({ vectors, top }: Spectrum, needed: PairCounts) =>
  top >= needed.top && vectors.length - top >= needed.bottom;

/** The Hessian of the very function that the surface shows. */
function settingsFor({ subset, batchNorm }: SurfaceView): SpectrumSettings {
  return spectrumSettings({
    ...defaultSpectrumView,
    top: 2,
    bottom: 1,
    subset,
    batchNorm: batchNorm === "batch" ? "batch" : "frozen",
  });
}
