/** What a training run would cost, before anything runs: exact work from the program, memory from what it must hold. */
import { crossEntropy } from "../models/losses/cross-entropy.ts";
import { programCost } from "../tensor/cost.ts";
import type { Program } from "../tensor/program.ts";
import { simplify } from "../tensor/simplify/simplify.ts";
import { BatchPlan } from "../training/batch-plan.ts";
import type { MicroBatch } from "../training/micro-batches.ts";
import { createOptimizer } from "../training/optimizers/create.ts";
import { traceEvaluation } from "../training/programs/evaluation.ts";
import { traceTrainStep } from "../training/programs/train-step.ts";
import { estimateMemory } from "./estimate-memory.ts";
import type { JobHandlers } from "./jobs.ts";
import { microBatchesOn, modelOf, normalizationOf } from "./problem.ts";

export const estimateCost: JobHandlers["estimateCost"] = async ({ spec, backend: choice }, { workbench }) => {
  const model = modelOf(spec);
  const normalization = normalizationOf(spec);
  const [{ backend }, images] = await Promise.all([workbench.backend(choice), workbench.images(spec.data)]);
  const optimizer = createOptimizer(spec.training);
  const plan = new BatchPlan(images.train.count, spec.training, spec.data.augment);

  const flopOf = (program: Program) => programCost(simplify(program)).flops;
  const stepProgram = (size: number) =>
    traceTrainStep(model, crossEntropy, optimizer, { count: images.train.count, normalization }, size);
  const flopOfSet = (count: number, batches: readonly MicroBatch[]) => {
    const bySize = new Map(
      [...new Set(batches.map(({ size }) => size))].map((size) => [size, flopOf(evaluation(count, size))]),
    );
    return batches.reduce((total, { size }) => total + (bySize.get(size) ?? 0), 0);
  };
  const evaluation = (count: number, size: number) =>
    traceEvaluation(model, crossEntropy, "frozen", { count, normalization }, size);
  const flopOfImages = (count: number) => flopOfSet(count, microBatchesOn(backend, count));

  const fullStep = simplify(stepProgram(plan.sizeOf(0)));
  const flopPerStep = programCost(fullStep).flops;
  const lastStepFlop = flopOf(stepProgram(plan.sizeOf(plan.stepsPerEpoch - 1)));
  const evaluationFlop = flopOfImages(images.train.count);
  const perEpoch =
    (plan.stepsPerEpoch - 1) * flopPerStep + lastStepFlop + evaluationFlop + flopOfImages(images.test.count);
  const totalFlop = spec.training.epochs * perEpoch;
  const rate = workbench.rate(backend);
  return {
    training: {
      parameters: model.layout.count,
      flopPerStep,
      totalFlop,
      memoryBytes: estimateMemory(fullStep),
      ...(rate !== undefined && { seconds: totalFlop / rate }),
    },
    evaluationFlop,
  };
};
