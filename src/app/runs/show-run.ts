/** Puts a kept run on the pages: its checkpoint, its surface, its curvature. */
import type { RunStatus } from "../../experiment/storage/run-record.ts";
import type { RunResults } from "../../experiment/storage/stored-results.ts";
import type { TrainingCheckpoint } from "../../jobs/training-jobs.ts";
import type { AppStores } from "../app-stores.ts";
import type { KeptRun } from "../stores/run-keeper.ts";
import type { SurfaceSource } from "../stores/surface-source.ts";
import { sourceOf } from "../stores/survey.ts";
import { type AdoptedRun, isBusy } from "../stores/training-store.ts";
import { viewOfReport } from "../stores/view-of-report.ts";

/** Training must not be under way. What other runs had on the pages is taken off them. */
export function showRun(stores: AppStores, { record, checkpoint, surface, results }: KeptRun): void {
  stores.training.getState().adopt({
    runId: record.id,
    checkpoint,
    status: statusOf(record.status, checkpoint),
    origin: null,
  });
  void restorePath(stores, record.id);
  const source = sourceOf(checkpoint, record.id, null);
  restoreResults(stores, source, results);
  if (results.convexity) stores.convexity.getState().restore(source, results.convexity);
  stores.surface.getState().clear();
  if (surface) {
    const isOrphan = surface.step !== checkpoint.step;
    const shown = isOrphan ? { ...source, label: "as kept from before" } : source;
    stores.surface.getState().restore(shown, viewOfReport(surface.report), surface, isOrphan);
  }
}

/** The run's points come after the rest: they may be many. What can't be read leaves the run without a path. */
async function restorePath({ keeper, trajectory }: AppStores, runId: string): Promise<void> {
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
export async function openRun(stores: AppStores, runId: string): Promise<void> {
  if (isBusy(stores.training.getState().status)) await stores.training.getState().stop();
  const kept = await stores.keeper.read(runId);
  if (!kept) throw new Error("It has no checkpoint yet. Duplicate it as a new experiment, and train that.");
  stores.settings.getState().setSpec("open", kept.checkpoint.spec);
  showRun(stores, kept);
  stores.preferences.getState().set({ page: "landscape", plate: kept.surface ? "surface" : "curves" });
  if (kept.warning) throw new Error(kept.warning);
}

function restoreResults(
  { spectrum, measurements }: AppStores,
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
