/** A small smooth problem, the parameters that curvature jobs share, and its Hessian by hand. */
import type { CurvatureRequest } from "../../src/experiment/curvature.ts";
import type { Weights } from "../../src/experiment/weights.ts";
import type { JobRunner } from "../../src/jobs/jobs.ts";
import { createTestRunner, smallSpec } from "./in-memory.ts";
import { ReducedMlp } from "./reduced-mlp.ts";

export const tanhSpec = smallSpec({
  model: { name: "mlp", hidden: [4], activation: "tanh" },
  data: { source: "synthetic", train: { count: 12, select: "first" }, test: { count: 10 } },
  training: { learningRate: 0.01, batchSize: 5, epochs: 2, weightDecay: 0 },
});

export const wholeHessian: CurvatureRequest = {
  operator: "hessian",
  subset: "train",
  batchNorm: "frozen",
  parameters: ["*"],
  filterScaled: false,
  seed: 1,
};

export const solve = { tolerance: 1e-5, maxProducts: 400, memoryBytes: 2 ** 28 } as const;

export interface TanhProblem {
  readonly runner: JobRunner;
  readonly weights: Weights;
  readonly reduced: ReducedMlp;
  readonly params: {
    readonly spec: typeof tanhSpec;
    readonly weights: Weights;
    readonly request: CurvatureRequest;
    readonly backend: "reference";
  };
}

export async function openTanhProblem(runner: JobRunner = createTestRunner()): Promise<TanhProblem> {
  const weights = await runner.start("initialize", { spec: tanhSpec }).result;
  const reduced = await ReducedMlp.of(tanhSpec, weights);
  const params = { spec: tanhSpec, weights, request: wholeHessian, backend: "reference" } as const;
  return { runner, weights, reduced, params };
}
