/** Puts a kept run on the pages: its checkpoint, its surface, its curvature. */
import { type ResultName, type RunResults, resultNames } from "../../experiment/measurements/list.ts";
import type { RunStatus } from "../../experiment/storage/run-record.ts";
import { tableOf } from "../../experiment/table-of.ts";
import type { TrainingCheckpoint } from "../../jobs/training-jobs.ts";
import type { PageStores } from "../context/page-stores.tsx";
import type { SessionStores } from "../context/session.ts";
import { sourceOf } from "../stores/current-weights.ts";
import { type StreamedName, streamedNames } from "../stores/measurements/list.ts";
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
  restoreResults({ spectrum, landscape }, source, results);
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

/** What shows a result of a run, and lets go of that of another. */
interface ResultPlace<Result> {
  clear(): void;
  restore(source: SurfaceSource, result: Result): void;
}

type StreamedPlaces = { readonly [Name in StreamedName]: ResultPlace<RunResults[Name]> };

const placesOf = ({
  spectrum: { measurements },
  landscape: { convexity },
}: Omit<PagesOfRun, "session">): { readonly [Name in ResultName]: ResultPlace<RunResults[Name]> } => ({
  ...tableOf<StreamedPlaces>(streamedNames, (name) => measurements[name].getState()),
  convexity: { clear: () => {}, restore: convexity.getState().restore },
});

function restoreResults(pages: Omit<PagesOfRun, "session">, source: SurfaceSource, results: Partial<RunResults>): void {
  const places = placesOf(pages);
  const restore = <Name extends ResultName>(name: Name) => {
    places[name].clear();
    const result = results[name];
    if (result) places[name].restore(source, result);
  };
  for (const name of resultNames) restore(name);
}
