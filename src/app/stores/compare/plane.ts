/** The plane through three models, as compared runs are: where they lie in it, then its surface as it streams in. */
import type { ModelPlane, PathBatchNorm } from "../../../experiment/comparison.ts";
import type { KeptPlane } from "../../../experiment/storage/stored-comparisons.ts";
import type { Surface, SurfaceSubset } from "../../../experiment/surface.ts";
import { type SurfaceView, surfaceViewSchema } from "../../../experiment/surface-view.ts";
import type { PlaneModel } from "../../../jobs/comparison-jobs.ts";
import type { BackendChoice } from "../../../jobs/device-jobs.ts";
import type { JobRunner } from "../../../jobs/jobs.ts";
import { runTitle } from "../../figure/run-words.ts";
import type { SurfaceSource } from "../surface-source.ts";
import { createSurfaceStore, type SurfaceStore } from "../surface-store.ts";
import { type CompareJobStore, createCompareJob } from "./job.ts";
import type { LoadedRun } from "./runs.ts";

export interface PlaneSubject {
  /** The first model, around which the surface is measured. */
  readonly source: SurfaceSource;
  readonly models: readonly [PlanePoint, PlanePoint, PlanePoint];
  /** Further weights, to be projected onto the plane. */
  readonly projected: readonly Float32Array[];
  /** Points a side. */
  readonly count: number;
  readonly subset: SurfaceSubset;
  readonly batchNorm: PathBatchNorm;
}

/** One of the three models. */
export interface PlanePoint extends PlaneModel {
  /** Null for weights that are no run's. */
  readonly runId: string | null;
  /** The model's step in its training. */
  readonly step: number | null;
}

export const modelOfRun = ({ record, source }: LoadedRun): PlanePoint => ({
  label: runTitle(record),
  runId: record.id,
  step: source.checkpoint.step,
  weights: source.weights,
});

/** Where the three models and further weights lie. */
export type PlacedModels = Pick<ModelPlane, "marks" | "projected">;

export interface ComparePlane {
  readonly place: CompareJobStore<"plane", PlaneSubject, PlacedModels>;
  readonly surface: SurfaceStore;
  measure(subject: PlaneSubject): Promise<void>;
  cancel(): void;
  /** Cancels, and shows nothing. */
  clear(): void;
  /** Shows what an earlier visit measured, unless something is shown or goes on. */
  restore(subject: PlaneSubject, kept: KeptPlane): void;
  /** Hears of the surface, whole or as far as it is, every few seconds. */
  onSurface(listener: (subject: PlaneSubject, kept: KeptPlane) => Promise<void>): void;
}

/** Around the models, as a fraction of what they span. */
const margin = 0.35;

export function createComparePlane(runner: () => JobRunner, backend: BackendChoice): ComparePlane {
  const place = createCompareJob(
    runner,
    "plane",
    ({ source, models, projected, count, subset, batchNorm }: PlaneSubject) => ({
      spec: source.spec,
      models,
      projected,
      columns: count,
      rows: count,
      margin,
      subset,
      batchNorm,
      backend,
    }),
    ({ marks, projected }): PlacedModels => ({ marks, projected }),
  );
  let tell: ((subject: PlaneSubject, kept: KeptPlane) => Promise<void>) | null = null;
  let found: ModelPlane | null = null;
  /** What a surface of an earlier visit is of; null once another is measured. */
  let restored: PlaneSubject | null = null;
  const surface = createSurfaceStore({
    runner,
    backend,
    request: () => found!.request,
    async keep(_source, measured) {
      const { subject, result } = place.getState();
      if (subject && result) await tell?.(subject, { ...result, surface: measured });
    },
  });
  return {
    place,
    surface,
    async measure(subject) {
      surface.getState().cancel();
      const plane = await place.getState().start(subject);
      if (!plane) return;
      found = plane;
      // Through the same three models the same directions come out.
      if (restored && sameModels(restored, subject)) surface.getState().recall(plane.request);
      restored = null;
      const { normalization, biases, subset, alpha, beta, batchNorm } = plane.request;
      const view = surfaceViewSchema.parse({ normalization, biases, subset, alpha, beta, batchNorm });
      surface.getState().measure(subject.source, view);
    },
    cancel() {
      place.getState().cancel();
      surface.getState().cancel();
    },
    clear() {
      place.getState().clear();
      surface.getState().clear();
    },
    restore(subject, { surface: measured, ...placed }) {
      if (place.getState().status !== "idle" || surface.getState().status !== "idle") return;
      restored = subject;
      place.getState().restore(subject, placed);
      surface.getState().restore(subject.source, viewOfPlane(measured), measured, false);
    },
    onSurface(listener) {
      tell = listener;
    },
  };
}

const sameModels = (a: PlaneSubject, b: PlaneSubject): boolean =>
  a.models.every(({ weights }, index) => weights.theta === b.models[index].weights.theta);

/** The grid of a kept surface; its directions, which no name stands for, are not kept. */
function viewOfPlane({ values: { alpha, beta }, report: { request } }: Surface): SurfaceView {
  const axis = (values: Float64Array) => ({ min: values[0], max: values[values.length - 1], count: values.length });
  return surfaceViewSchema.parse({ subset: request.subset, alpha: axis(alpha), beta: axis(beta) });
}
