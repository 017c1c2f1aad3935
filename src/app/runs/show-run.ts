/** Puts a kept run on the pages: its checkpoint, its surface, its curvature. */

import type { RunResults } from "../../experiment/measurements/list.ts";
import type { RunStatus } from "../../experiment/storage/run-record.ts";
import type { TrainingCheckpoint } from "../../jobs/training-jobs.ts";
import type { PageStores } from "../context/page-stores.tsx";
import type { SessionStores } from "../context/session.ts";
import type { SpectrumStores } from "../context/spectrum.ts";
import { sourceOf } from "../stores/current-weights.ts";
import type { KeptRun } from "../stores/run-keeper.ts";
import type { SurfaceSource } from "../stores/surface-source.ts";
import { type AdoptedRun, isBusy } from "../stores/training-store.ts";
import { viewOfReport } from "../stores/view-of-report.ts";

/** The stores that a run is put on. */
export type PagesOfRun = Pick<PageStores, "session" | "landscape" | "spectrum">;

/** Training must not be under way. What other runs had on the pages is taken off them. */
export function showRun(
  { session, landscape, spectrum }: PagesOfRun,
  { record, checkpoint, surface, results }: KeptRun,
): void {
  session.training.getState().adopt({
    runId: record.id,
    checkpoint,
    status: statusOf(record.status, checkpoint),
    origin: null,
  });
  void restorePath(session, record.id);
  const source = sourceOf(checkpoint, record.id, null);
  restoreResults(spectrum, source, results);
  if (results.convexity) landscape.convexity.getState().restore(source, results.convexity);
  landscape.surface.getState().clear();
  if (surface) {
    const isOrphan = surface.step !== checkpoint.step;
    const shown = isOrphan ? { ...source, label: "as kept from before" } : source;
    landscape.surface.getState().restore(shown, viewOfReport(surface.report), surface, isOrphan);
  }
}

/** The run's points come after the rest: they may be many. What can't be read leaves the run without a path. */
async function restorePath({ keeper, trajectory }: SessionStores, runId: string): Promise<void> {
  trajectory.getState().begin(runId, []);
  const kept = await keeper.trajectoryOf(runId).catch(() => null);
  const { runId: current, points } = trajectory.getState();
  if (kept && current === runId && points.length === 0) trajectory.getState().begin(runId, kept.value);
}

function statusOf(status: RunStatus, { epochs, spec }: TrainingCheckpoint): AdoptedRun["status"] {
  if (status === "non-finite") return status;
  // Of a run that ended on a full disk only an earlier checkpoint is here.
  return status === "complete" && epochs.length === spec.training.epochs ? "complete" : "stopped";
}

/** Rejects where nothing can be opened, or with what a person should know of what was. */
export async function openRun(pages: PagesOfRun, runId: string): Promise<void> {
  const { training, keeper, settings, preferences } = pages.session;
  if (isBusy(training.getState().status)) await training.getState().stop();
  const kept = await keeper.read(runId);
  if (!kept) throw new Error("It has no checkpoint yet. Duplicate it as a new experiment, and train that.");
  settings.getState().setSpec("open", kept.checkpoint.spec);
  showRun(pages, kept);
  preferences.getState().set({ page: "landscape", plate: kept.surface ? "surface" : "curves" });
  if (kept.warning) throw new Error(kept.warning);
}

function restoreResults(
  { spectrum, measurements }: SpectrumStores,
  source: SurfaceSource,
  results: Partial<RunResults>,
): void {
  const { density, trace, layers, subsets } = results;
  for (const store of [spectrum, ...Object.values(measurements)]) store.getState().clear();
  if (results.spectrum) spectrum.getState().restore(source, results.spectrum);
  if (density) measurements.density.getState().restore(source, density);
  if (trace) measurements.trace.getState().restore(source, trace);
  if (layers) measurements.layers.getState().restore(source, layers);
  if (subsets) measurements.subsets.getState().restore(source, subsets);
}
