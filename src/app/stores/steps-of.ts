/** How an experiment's steps and epochs go together. */
import type { EpochMetrics } from "../../experiment/metrics.ts";
import type { Spec } from "../../experiment/spec.ts";
import { exampleCount, type KeptImages } from "./image-counts.ts";

const stepsFor = (images: number, { training }: Spec) => Math.ceil(images / training.batchSize);

/** Steps of an epoch of a run: its own table tells, whatever images are kept by now, and before its first row the specification. */
export function stepsPerEpoch(spec: Spec, kept: KeptImages, epochs: readonly EpochMetrics[] = []): number {
  return stepsPerEpochOfRun(spec, epochs) ?? stepsFor(exampleCount(spec, "train", kept), spec);
}

/** Null where neither the run's table nor its specification tells, which is before its first epoch has ended. */
export function stepsPerEpochOfRun(spec: Spec, epochs: readonly EpochMetrics[]): number | null {
  const row = epochs.at(-1);
  if (row) return row.step / row.epoch;
  return spec.data.train.count === undefined ? null : stepsFor(spec.data.train.count, spec);
}

export const totalSteps = (spec: Spec, kept: KeptImages): number => stepsPerEpoch(spec, kept) * spec.training.epochs;
