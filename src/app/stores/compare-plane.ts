/** The plane through three of the compared runs: where they lie in it, then its surface as it streams in. */
import type { ModelPlane, PathBatchNorm } from "../../experiment/comparison.ts";
import type { SurfaceSubset } from "../../experiment/surface.ts";
import { surfaceViewSchema } from "../../experiment/surface-view.ts";
import type { BackendChoice, JobRunner } from "../../jobs/jobs.ts";
import { type CompareJobStore, createCompareJob } from "./compare-job.ts";
import type { LoadedRun } from "./compare-runs.ts";
import { createSurfaceStore, type SurfaceStore } from "./surface-store.ts";

export interface PlaneSubject {
  readonly runs: readonly [LoadedRun, LoadedRun, LoadedRun];
  /** Points a side. */
  readonly count: number;
  readonly subset: SurfaceSubset;
  readonly batchNorm: PathBatchNorm;
}

export interface ComparePlane {
  readonly place: CompareJobStore<"plane", PlaneSubject>;
  readonly surface: SurfaceStore;
  measure(subject: PlaneSubject): Promise<void>;
  cancel(): void;
}

/** Around the models, as a fraction of what they span. */
const margin = 0.35;

export function createComparePlane(runner: () => JobRunner, backend: BackendChoice): ComparePlane {
  const place = createCompareJob(runner, "plane", ({ runs, count, subset, batchNorm }: PlaneSubject) => {
    const [first, second, third] = runs.map(({ record, source }) => ({ label: record.name, weights: source.weights }));
    return {
      spec: runs[0].source.spec,
      models: [first, second, third],
      columns: count,
      rows: count,
      margin,
      subset,
      batchNorm,
      backend,
    };
  });
  let found: ModelPlane | null = null;
  const surface = createSurfaceStore({
    runner,
    backend,
    request: () => found!.request,
    keep: () => {},
  });
  return {
    place,
    surface,
    async measure(subject) {
      surface.getState().cancel();
      const plane = await place.getState().start(subject);
      if (!plane) return;
      found = plane;
      const { normalization, biases, subset, alpha, beta, batchNorm } = plane.request;
      const view = surfaceViewSchema.parse({ normalization, biases, subset, alpha, beta, batchNorm });
      surface.getState().measure(subject.runs[0].source, view);
    },
    cancel() {
      place.getState().cancel();
      surface.getState().cancel();
    },
  };
}
