/**
 * What a training run would cost, before anything runs: exact work from the programs, memory from the backend's plan of
 * them. Nothing is allocated or compiled.
 */
import { traceEvaluation } from "../execution/programs/evaluation.ts";
import { bytesOfWeights } from "../models/weights.ts";
import { programCost } from "../tensor/cost.ts";
import type { Program } from "../tensor/program.ts";
import { simplify } from "../tensor/simplify/simplify.ts";
import { BatchPlan } from "../training/batch-plan.ts";
import { createOptimizer } from "../training/optimizers/create.ts";
import { traceTrainStep } from "../training/train-step.ts";
import { boundBytes, readbackBytes, temporaryBytes } from "./estimate-memory.ts";
import type { JobHandlers } from "./job-context.ts";
import { lossOf, microBatchesOn, modelOf, pixelNormalizationOf } from "./problem.ts";

/** A program that an epoch runs `times` times. */
interface EpochPart {
  readonly program: Program;
  readonly times: number;
}

export const estimateCost: JobHandlers["estimateCost"] = async ({ spec, backend: choice }, { workbench }) => {
  const model = modelOf(spec);
  const loss = lossOf(spec);
  const pixelNormalization = pixelNormalizationOf(spec);
  const [{ backend }, images] = await Promise.all([workbench.backend(choice), workbench.images(spec.data)]);
  const optimizer = createOptimizer(spec.training);
  const plan = new BatchPlan(images.train.count, spec.training, spec.data.augment);
  const sourceOf = (split: "train" | "test") => ({ count: images[split].count, pixelNormalization });

  const stepSizes = Array.from({ length: plan.stepsPerEpoch }, (_, step) => plan.sizeOf(step));
  const steps = partsBySize(stepSizes, (size) => traceTrainStep(model, loss, optimizer, sourceOf("train"), size));
  const evaluationOf = (split: "train" | "test") =>
    partsBySize(
      microBatchesOn(backend, images[split].count).map(({ size }) => size),
      (size) => traceEvaluation(model, loss, "frozen", sourceOf(split), size),
    );
  const [train, test] = [evaluationOf("train"), evaluationOf("test")];

  const evaluationFlop = flopOf(train);
  const totalFlop = spec.training.epochs * (flopOf(steps) + evaluationFlop + flopOf(test));
  const testImageBytes = images.test.pixels.length + 4 * images.test.count;
  const temporaries = [...steps, ...train, ...test].map(({ program }) => temporaryBytes(backend, program));
  const memory = [
    boundBytes(steps[0].program),
    testImageBytes,
    readbackBytes(backend, steps[0].program),
    ...temporaries,
  ];
  const rate = workbench.rate(backend);
  return {
    training: {
      parameters: model.layout.count,
      flopPerStep: programCost(steps[0].program).flops,
      totalFlop,
      memoryBytes: memory.reduce((sum, bytes) => sum + bytes, 0),
      ...(rate !== undefined && { seconds: totalFlop / rate }),
    },
    evaluationFlop,
    pointBytes: bytesOfWeights(model),
  };
};

/** The simplified program of every size that occurs, in order of first occurrence. */
function partsBySize(sizes: readonly number[], trace: (size: number) => Program): EpochPart[] {
  return [...new Set(sizes)].map((size) => ({
    program: simplify(trace(size)),
    times: sizes.filter((other) => other === size).length,
  }));
}

const flopOf = (parts: readonly EpochPart[]): number =>
  parts.reduce((total, { program, times }) => total + times * programCost(program).flops, 0);
