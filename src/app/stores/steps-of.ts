/** How an experiment's steps and epochs go together. */
import type { Spec } from "../../experiment/spec.ts";

const wholeTrainingSet = 50_000;

export function stepsPerEpoch({ data, training }: Spec): number {
  return Math.ceil((data.train.count ?? wholeTrainingSet) / training.batchSize);
}

export const totalSteps = (spec: Spec): number => stepsPerEpoch(spec) * spec.training.epochs;
