/**
 * Trains a curve between two models: minimises the mean over t ~ U(0, 1) of the loss at φ(t), a point a step, by moving the
 * control points; the ends stay (Garipov et al. 2018).
 */
import { uniformFloat64 } from "pure-rand/distribution/uniformFloat64";
import type { Backend, DeviceTensor, Feed } from "../backends/backend.ts";
import type { ImageSet } from "../data/image-set.ts";
import type { PixelNormalization } from "../data/pixel-normalization.ts";
import { openRandomStream } from "../data/random.ts";
import { compileBySize } from "../execution/batch-executables.ts";
import { uploadImages } from "../execution/device-images.ts";
import { createVector, readVector } from "../execution/device-weights.ts";
import { Pipeline } from "../execution/pipeline.ts";
import type { WorkWindow } from "../execution/work-window.ts";
import type { CurveKind } from "../experiment/comparison.ts";
import type { TrainingSpec } from "../experiment/spec.ts";
import type { LossFunction } from "../models/losses/loss.ts";
import type { Model } from "../models/model.ts";
import { BatchPlan } from "../training/batch-plan.ts";
import { learningRateAt } from "../training/learning-rate.ts";
import { createOptimizer } from "../training/optimizers/create.ts";
import { NonFiniteLossError } from "./comparison-error.ts";
import { curveShares } from "./curve-shares.ts";
import { momentName, pointNames, shareName, traceCurveStep } from "./curve-step.ts";

export interface TrainCurveOptions {
  readonly backend: Backend;
  readonly model: Model;
  readonly loss: LossFunction;
  readonly images: ImageSet;
  readonly pixelNormalization: PixelNormalization;
  readonly augment: boolean;
  /** Its weight decay is that of φ(t). */
  readonly training: TrainingSpec;
  readonly kind: CurveKind;
  readonly from: Float32Array;
  readonly to: Float32Array;
  readonly controls: number;
  /** Where the control points begin; without them, evenly spaced on the straight line. */
  readonly start?: readonly Float32Array[];
  readonly window: WorkWindow;
  readonly signal?: AbortSignal;
  /** Losses of the steps from `first` on, in order. */
  onSteps(first: number, steps: number, losses: Float32Array): void | Promise<void>;
}

export interface TrainedCurve {
  readonly controls: readonly Float32Array[];
  readonly batchLosses: Float32Array;
  readonly status: "complete" | "cancelled";
}

/** Submissions whose losses are not yet read. */
const submissionsAhead = 3;

/** A cancelled one resolves with the steps done. Throws NonFiniteLossError at the first loss that is not finite. */
export async function trainCurve(options: TrainCurveOptions): Promise<TrainedCurve> {
  const { backend, model, images, training, kind, controls, window, signal, onSteps } = options;
  const plan = new BatchPlan(images.count, training, options.augment);
  const optimizer = createOptimizer({ ...training, weightDecay: 0 });
  const owned: { dispose(): void }[] = [];
  const own = <Owned extends { dispose(): void }>(resource: Owned): Owned => {
    owned.push(resource);
    return resource;
  };
  try {
    const names = pointNames(controls);
    const start = startOf(options);
    const tensors: Record<string, DeviceTensor> = {};
    names.forEach((name, k) => {
      tensors[name] = own(createVector(backend, model.layout, name, start[k]));
    });
    const movable = names.slice(1, -1);
    const moving = [...movable];
    for (const name of movable) {
      for (let moment = 0; moment < optimizer.momentCount; moment++) {
        const label = momentName(name, moment);
        tensors[label] = own(createVector(backend, model.layout, label));
        moving.push(label);
      }
    }
    const resident = own(uploadImages(backend, images, options.pixelNormalization, "training"));
    const step = { model, loss: options.loss, optimizer, weightDecay: training.weightDecay, controls };
    const executables = own(
      await compileBySize(
        backend,
        plan.sizes,
        (size) => traceCurveStep(step, resident, size),
        {
          inputs: { ...tensors, pixels: resident.pixels, labels: resident.labels },
          outputs: Object.fromEntries(moving.map((name) => [name, tensors[name]])),
        },
        false,
      ),
    );
    const feedOf = (index: number): Feed => {
      const rate = learningRateAt(training, index, plan.steps, plan.stepsPerEpoch);
      const shares = curveShares(kind, controls, drawPoint(training.seed, index));
      const scalars = Object.entries(optimizer.scalars(index, rate)).concat(
        names.map((name, k) => [shareName(name), shares[k]]),
      );
      return {
        indices: plan.indices(index),
        draws: plan.draws(index),
        ...Object.fromEntries(scalars.map(([name, value]) => [name, Float64Array.of(value)])),
      };
    };

    const losses: number[] = [];
    const pipeline = new Pipeline(submissionsAhead);
    let status: TrainedCurve["status"] = "complete";
    try {
      for (let first = 0; first < plan.steps; ) {
        const executable = executables.of(plan.sizeOf(first));
        const { flops } = executable.statistics;
        const count = Math.min(plan.uniformStepsFrom(first), window.itemsPerSubmission(flops));
        await window.room(flops * count, signal);
        const feeds = Array.from({ length: count }, (_, k) => feedOf(first + k));
        const begun = first;
        const run = window.track(flops * count, () => executable.run(feeds));
        await pipeline.add(run, (fetched) => {
          const found = Float32Array.from(fetched, ({ loss }) => loss[0]);
          checkFinite(found, begun);
          losses.push(...found);
          return onSteps(begun, plan.steps, found);
        });
        first += count;
      }
    } catch (error) {
      if (!signal?.aborted) throw error;
      status = "cancelled";
    }
    await pipeline.drain();
    return {
      controls: await Promise.all(movable.map((name) => readVector(backend, tensors[name]))),
      batchLosses: Float32Array.from(losses),
      status,
    };
  } finally {
    for (const resource of owned.reverse()) resource.dispose();
  }
}

/** Control points between the ends, which are the models themselves. */
const startOf = ({ from, to, controls, start }: TrainCurveOptions): readonly Float32Array[] =>
  start
    ? [from, ...start, to]
    : Array.from({ length: controls + 2 }, (_, k) => {
        const t = k / (controls + 1);
        return from.map((value, i) => (1 - t) * value + t * to[i]);
      });

/** The point of the curve that a step sees: a function of the step and the seed alone. */
const drawPoint = (seed: number, step: number): number => uniformFloat64(openRandomStream("curvePoint", seed, step));

function checkFinite(losses: Float32Array, first: number): void {
  const bad = losses.findIndex((loss) => !Number.isFinite(loss));
  if (bad < 0) return;
  throw new NonFiniteLossError(
    `The curve's loss became ${losses[bad]} at step ${first + bad + 1}. Train it with a lower learning rate.`,
  );
}
