/**
 * A JobRunner that computes nothing: timings and values of a plausible machine, for the page's tests and for work on
 * the page without an engine. `speed` multiplies the pace; Infinity waits only for the event loop.
 */

import { axisValues, coarseToFine } from "../../src/experiment/grid.ts";
import type { Spec } from "../../src/experiment/spec.ts";
import type { SurfaceReport } from "../../src/experiment/surface.ts";
import type { JobControl, JobEvent, JobHandle, JobName, JobParams, JobResult, JobRunner } from "../../src/jobs/jobs.ts";
import { Credit, creditPerJob } from "../../src/protocol/credit.ts";
import { EventStream } from "../../src/protocol/event-stream.ts";
import { fakeComparison } from "./fake-comparison.ts";
import { fakeCurvature } from "./fake-curvature.ts";
import { fakeDescriptions } from "./fake-descriptions.ts";
import { fakeSharpness } from "./fake-sharpness.ts";
import { fakeTrajectory } from "./fake-trajectory.ts";
import { exampleAccuracy, exampleLoss } from "./landscape-model.ts";

export interface FakeOptions {
  readonly speed: number;
  /** Loss at a point; the closed form by default. */
  readonly loss?: (alpha: number, beta: number) => number;
  /** Training fails with this after so many steps. */
  readonly failTraining?: {
    readonly afterSteps: number;
    readonly error: Error;
    /** Of which runs; of all by default. */
    readonly of?: (spec: Spec) => boolean;
  };
  /** Runs whose loss is not finite after the third step. */
  readonly diverges?: (spec: Spec) => boolean;
}

interface FakeContext<Name extends JobName> {
  readonly signal: AbortSignal;
  emit(event: JobEvent<Name>): void;
  readonly controls: JobControl<Name>[];
  /** Also waits while the reader is behind, as an engine does at each event. */
  pause(ms: number): Promise<void>;
}

type FakeJob<Name extends JobName> = (params: JobParams<Name>, context: FakeContext<Name>) => Promise<JobResult<Name>>;

export function createFakeRunner(options: FakeOptions): JobRunner & { readonly started: JobName[] } {
  const started: JobName[] = [];
  const jobs: { [Name in JobName]: FakeJob<Name> } = {
    ...fakeDescriptions,
    ...fakeComparison,
    ...fakeCurvature,
    ...fakeTrajectory,
    ...fakeSharpness,
    initialize: async () => ({ theta: new Float32Array(64), state: new Float32Array(8) }),
    train: (params, context) => fakeTraining(params, context, options),
    surface: (params, context) => fakeSurface(params, context, options),
  };
  return {
    started,
    start<Name extends JobName>(name: Name, params: JobParams<Name>): JobHandle<Name> {
      started.push(name);
      const abort = new AbortController();
      const controls: JobControl<Name>[] = [];
      const credit = new Credit(creditPerJob);
      const events = new EventStream<JobEvent<Name>>(() => credit.refund());
      const context: FakeContext<Name> = {
        signal: abort.signal,
        controls,
        emit(event) {
          credit.spend();
          events.push(event);
        },
        async pause(ms) {
          const pace = options.speed === Number.POSITIVE_INFINITY ? 0 : ms / options.speed;
          await new Promise((resolve) => setTimeout(resolve, pace));
          await credit.available();
        },
      };
      const job: FakeJob<Name> = jobs[name];
      const result = Promise.resolve()
        .then(() => job(params, context))
        .finally(() => {
          credit.cancel();
          events.end();
        });
      result.catch(() => {});
      return {
        events,
        result,
        control: (message) => controls.push(message),
        cancel() {
          abort.abort(new DOMException("The job was cancelled.", "AbortError"));
          credit.cancel();
        },
      };
    },
  };
}

const fakeTraining = async (
  { spec, resume }: JobParams<"train">,
  context: FakeContext<"train">,
  options: FakeOptions,
): Promise<JobResult<"train">> => {
  const count = spec.data.train.count ?? 50_000;
  const perEpoch = Math.ceil(count / spec.training.batchSize);
  const steps = perEpoch * spec.training.epochs;
  const losses = resume ? Array.from(resume.batchLosses) : [];
  const epochs = resume ? [...resume.epochs] : [];
  let step = resume?.step ?? 0;
  const cost = {
    parameters: 581_866,
    flopPerStep: 5.8e9,
    totalFlop: 5.8e9 * steps,
    memoryBytes: 41_300_000,
    seconds: 31,
  };
  const checkpoint = () => ({
    spec,
    step,
    weights: { theta: Float32Array.of(step), state: new Float32Array(1) },
    moments: [Float32Array.of(step)],
    epochs: [...epochs],
    batchLosses: Float32Array.from(losses),
  });
  await context.pause(400);
  context.emit({ kind: "started", backend: "WebGPU", cost, steps, compiled: 6 });
  let paused = false;
  let single = 0;
  let reported = step;
  const report = () => {
    context.emit({
      kind: "progress",
      step,
      steps,
      epoch: Math.floor(step / perEpoch),
      learningRate: spec.training.learningRate,
      firstLossStep: reported,
      batchLosses: Float32Array.from(losses.slice(reported)),
      imagesPerSecond: 2410 + 60 * Math.sin(step),
      gflopPerSecond: 141 + 3 * Math.sin(step / 3),
      etaSeconds: (steps - step) * 0.2,
      memoryBytes: 41_300_000,
      paused,
    });
    reported = step;
  };
  while (step < steps && !context.signal.aborted) {
    for (const control of context.controls.splice(0)) {
      if (control.kind === "pause") paused = true;
      if (control.kind === "resume") paused = false;
      if (control.kind === "step") single += 1;
    }
    if (paused && single === 0) {
      report();
      await context.pause(100);
      continue;
    }
    single = Math.max(0, single - 1);
    await context.pause(60);
    const { failTraining, diverges } = options;
    if (failTraining && step >= failTraining.afterSteps && (failTraining.of?.(spec) ?? true)) throw failTraining.error;
    if (step === 3 && diverges?.(spec))
      return { status: "non-finite", checkpoint: checkpoint(), message: "The batch loss became NaN at step 4." };
    const t = step / Math.max(1, steps);
    const noise = Math.sin(step * 12.9898) * 0.5 + Math.sin(step * 78.233) * 0.5;
    losses.push((2.4 * Math.exp(-4.2 * t) + 0.05) * (1 + 0.18 * noise));
    step += 1;
    if (step % 2 === 0) report();
    if (step % perEpoch === 0) {
      const trainLoss = 2.3 * Math.exp(-4.4 * t) + 0.06;
      epochs.push({
        epoch: step / perEpoch,
        step,
        learningRate: spec.training.learningRate,
        trainLoss,
        trainAccuracy: exampleAccuracy(trainLoss),
        testLoss: trainLoss * 1.25 + 0.12,
        testAccuracy: exampleAccuracy(trainLoss * 1.25 + 0.12),
        elapsedMs: step * 60,
      });
      context.emit({ kind: "epoch", metrics: epochs.at(-1)! });
      context.emit({ kind: "checkpoint", step, checkpoint: checkpoint() });
    }
  }
  report();
  return { status: context.signal.aborted ? "cancelled" : "complete", checkpoint: checkpoint() };
};

const fakeSurface = async (
  { spec, request, known }: JobParams<"surface">,
  context: FakeContext<"surface">,
  options: FakeOptions,
): Promise<JobResult<"surface">> => {
  const alpha = axisValues(request.alpha);
  const beta = request.y ? axisValues(request.beta) : Float64Array.of(0);
  const isKnown = new Set(known?.cells);
  const order = Array.from(coarseToFine(alpha.length, beta.length)).filter((cell) => !isKnown.has(cell));
  const cost = { parameters: 581_866, flopPerStep: 2e10, totalFlop: 2e10 * order.length, memoryBytes: 38_000_000 };
  const { x, y, ...rest } = request;
  const nameOf = (source: typeof x) => (source.kind === "random" ? `random:${source.seed}` : source.label);
  const reportOf = (status: SurfaceReport["status"], evaluations: number): SurfaceReport => ({
    spec,
    request: { ...rest, x: nameOf(x), y: y ? nameOf(y) : null },
    examples: spec.data[request.subset].count ?? 10_000,
    microBatches: [500, 500],
    cosine: y ? 0.0009 : null,
    directionNorms: [14.2, 14.1],
    backend: "WebGPU",
    status,
    evaluations,
    elapsedMs: 18_000,
  });
  await context.pause(300);
  const report = reportOf("cancelled", 0);
  context.emit({ kind: "started", backend: "WebGPU", evaluations: order.length, cost, report });
  const batch = Math.max(4, Math.round((alpha.length * beta.length) / 300));
  const wiggle = { filter: 1, layer: 1.35, weight: 0.8, model: 1.8, none: 2.2, "by-kind": 1 }[request.normalization];
  const seed = request.x.kind === "random" ? request.x.seed : 0;
  let done = 0;
  for (let at = 0; at < order.length && !context.signal.aborted; at += batch) {
    await context.pause(60);
    const cells = Uint32Array.from(order.slice(at, at + batch));
    const place = (cell: number) => {
      const [x, y] = [alpha[cell % alpha.length] * wiggle, beta[Math.floor(cell / alpha.length)] * wiggle];
      const turn = (seed - 1) * 0.7;
      return [x * Math.cos(turn) - y * Math.sin(turn), x * Math.sin(turn) + y * Math.cos(turn)] as const;
    };
    const loss = Float64Array.from(cells, (cell) => (options.loss ?? exampleLoss)(...place(cell)));
    const lossError = loss.map((value) => 0.03 * value + 0.004);
    const accuracy = loss.map(exampleAccuracy);
    done += cells.length;
    const remaining = (order.length - done) / batch;
    context.emit({
      kind: "tile",
      cells,
      loss,
      lossError,
      accuracy,
      done,
      evaluations: order.length,
      etaSeconds: remaining * 0.06,
      gflopPerSecond: 162,
    });
  }
  return reportOf(context.signal.aborted ? "cancelled" : "complete", done);
};
