/** A curve of low loss trained between two of the compared runs, the straight line measured as it is, and their plane. */
import type { CurveRequest, ModelCurve, PathBatchNorm } from "../../../experiment/comparison.ts";
import type { LineMetrics } from "../../../experiment/storage/stored-comparisons.ts";
import type { BackendChoice } from "../../../jobs/device-jobs.ts";
import type { JobRunner } from "../../../jobs/jobs.ts";
import { type CompareJobStore, createCompareJob } from "./job.ts";
import { metricsOfLine } from "./line.ts";
import { type ComparePlane, createComparePlane, modelOfRun, type PlaneSubject } from "./plane.ts";
import type { LoadedRun } from "./runs.ts";

export interface CurveSubject {
  readonly from: LoadedRun;
  readonly to: LoadedRun;
  readonly request: CurveRequest;
  /** Measured on the curve and on the straight line, both ends included. */
  readonly points: number;
  readonly batchNorm: PathBatchNorm;
  /** Where its control points begin; null for the straight line. */
  readonly start: readonly Float32Array[] | null;
}

export interface CompareCurve {
  readonly training: CompareJobStore<"curve", CurveSubject>;
  /** The straight line between the same runs, at the same points. */
  readonly chord: CompareJobStore<"line", CurveSubject, LineMetrics>;
  /** Through both ends and the first control point. */
  readonly plane: ComparePlane;
  /** The curve, then the straight line. A cancelled curve keeps its control points. */
  train(subject: CurveSubject): Promise<void>;
  cancel(): void;
  /** `count`: points a side. */
  measurePlane(curve: ModelCurve, subject: CurveSubject, count: number): Promise<void>;
}

export function createCompareCurve(runner: () => JobRunner, backend: BackendChoice): CompareCurve {
  const pathOf = ({ from, to, points, batchNorm }: CurveSubject) => ({
    spec: from.source.spec,
    from: from.source.weights,
    to: to.source.weights,
    points,
    batchNorm,
    backend,
  });
  const training = createCompareJob(
    runner,
    "curve",
    (subject: CurveSubject) => ({
      ...pathOf(subject),
      request: subject.request,
      ...(subject.start && { start: subject.start }),
    }),
    (curve) => curve,
  );
  const chord = createCompareJob(
    runner,
    "line",
    (subject: CurveSubject) => ({ ...pathOf(subject), match: false, seed: 0 }),
    metricsOfLine,
  );
  const plane = createComparePlane(runner, backend);
  return {
    training,
    chord,
    plane,
    async train(subject) {
      chord.getState().clear();
      plane.clear();
      const curve = await training.getState().start(subject);
      if (curve?.status === "complete") await chord.getState().start(subject);
    },
    cancel() {
      training.getState().cancel();
      chord.getState().cancel();
    },
    measurePlane: ({ controls }, subject, count) => plane.measure(planeOfCurve(controls, subject, count)),
  };
}

/** Its marks are of the first run, the first control point, the second run. */
export function planeOfCurve(controls: readonly Float32Array[], subject: CurveSubject, count: number): PlaneSubject {
  const { from, to, batchNorm } = subject;
  const [first, ...others] = controls;
  const state = from.source.weights.state;
  return {
    source: from.source,
    // BatchNorm's statistics of a control point are never measured: those of the first run stand for them.
    models: [
      modelOfRun(from),
      { label: "control point", runId: null, step: null, weights: { theta: first, state } },
      modelOfRun(to),
    ],
    projected: others,
    count,
    subset: "train",
    batchNorm: batchNorm === "interpolated" ? "reestimated" : batchNorm,
  };
}
