/** What a program of a specification comes to on a WebGPU device that need not be here: the program, and the plan that replays it. */
import { candidates } from "../backends/webgpu/kernels/candidates.ts";
import { usualTraits } from "../backends/webgpu/kernels/usual-traits.ts";
import type { KernelDescription } from "../backends/webgpu/plan/describe-kernel.ts";
import { makePlan } from "../backends/webgpu/plan/plan.ts";
import { traceProducts } from "../curvature/products/trace-products.ts";
import type { ImageSource } from "../execution/programs/batch.ts";
import { traceEvaluation } from "../execution/programs/evaluation.ts";
import { traceGradient } from "../execution/programs/gradient.ts";
import type { Spec } from "../experiment/spec.ts";
import { programCost } from "../tensor/cost.ts";
import type { Program } from "../tensor/program.ts";
import { simplify } from "../tensor/simplify/simplify.ts";
import { createOptimizer } from "../training/optimizers/create.ts";
import { traceTrainStep } from "../training/train-step.ts";
import type { ExplainedDevice, ExplainedProgram } from "./explain-options.ts";
import { lossOf, modelOf, pixelNormalizationOf } from "./problem.ts";
import { standInBindings } from "./stand-in-bindings.ts";

export interface ExplainOptions {
  readonly program: ExplainedProgram;
  readonly batchSize: number;
  /** Which statistics BatchNorm uses; a training step always takes the batch's. */
  readonly batchNorm: "frozen" | "batch";
  readonly device: ExplainedDevice;
}

export interface Explanation {
  readonly parameters: number;
  /** Values by primitive, before and after simplification. */
  readonly traced: Readonly<Record<string, number>>;
  readonly simplified: Readonly<Record<string, number>>;
  /** FLOP of one run, a multiply-add counted as two; `bilinearFlops` are those of convolutions and matrix products. */
  readonly flops: number;
  readonly bilinearFlops: number;
  /** Descriptions of the kernels, in the order of their launches. */
  readonly kernels: readonly KernelDescription[];
  readonly launches: number;
  /** Distinct kernel texts: each is compiled once. */
  readonly pipelines: number;
  /** Values with memory of their own. */
  readonly storedValues: number;
  /** Each kernel's reads and writes, in all. */
  readonly movedBytes: number;
  /** Temporaries, feeds and fetches. */
  readonly temporaryBytes: number;
}

export function explainProgram(spec: Spec, options: ExplainOptions): Explanation {
  const traced = trace(spec, options);
  const simplified = simplify(traced);
  const traits = usualTraits[options.device];
  const plan = makePlan(traced, standInBindings(traced), {
    traits,
    choose: (problem) => candidates(problem, traits)[0],
  });
  const { flops, bilinearFlops, counts } = programCost(simplified);
  return {
    parameters: modelOf(spec).layout.count,
    traced: programCost(traced).counts,
    simplified: counts,
    flops,
    bilinearFlops,
    kernels: plan.kernels,
    launches: plan.steps.length,
    pipelines: new Set(plan.steps.map(({ code }) => code)).size,
    storedValues: plan.storedValues,
    movedBytes: plan.kernels.reduce((sum, { readBytes, writtenBytes }) => sum + readBytes + writtenBytes, 0),
    temporaryBytes: plan.temporaryBytes,
  };
}

function trace(spec: Spec, { program, batchSize, batchNorm }: ExplainOptions): Program {
  const model = modelOf(spec);
  const loss = lossOf(spec);
  const source: ImageSource = { count: batchSize, pixelNormalization: pixelNormalizationOf(spec) };
  switch (program) {
    case "step":
      return traceTrainStep(model, loss, createOptimizer(spec.training), source, batchSize);
    case "evaluation":
      return traceEvaluation(model, loss, batchNorm, source, batchSize);
    case "gradient":
      return traceGradient(model, loss, source, batchSize, batchNorm);
    case "product": {
      const { layout } = model;
      const matrix = { model, loss, kind: "hessian", batchNorm, filterScaled: false } as const;
      const block = { tensors: layout.entries, vectorLayout: layout, exampleWeight: 1 / batchSize };
      return traceProducts({ ...matrix, ...block }, source, batchSize, 1);
    }
  }
}
