/** Learning-rate schedules, by step rather than by epoch so that short runs are smooth too. */
import type { TrainingSpec } from "../experiment/spec.ts";

export type ScheduleSettings = Pick<
  TrainingSpec,
  "learningRate" | "schedule" | "warmupEpochs" | "stepAt" | "stepFactor"
>;

/**
 * The rate at `step` (from 0) of `steps`. It rises linearly over the warm-up, lr·(step + 1)/warmup; then the cosine falls
 * from lr at the warm-up's end towards 0 at the run's (Loshchilov & Hutter 2017, without restarts).
 */
export function learningRateAt(settings: ScheduleSettings, step: number, steps: number, stepsPerEpoch: number): number {
  const { learningRate, schedule, stepAt, stepFactor } = settings;
  const warmupSteps = Math.min(steps, Math.round(settings.warmupEpochs * stepsPerEpoch));
  if (step < warmupSteps) return (learningRate * (step + 1)) / warmupSteps;
  switch (schedule) {
    case "constant":
      return learningRate;
    case "step":
      return learningRate * stepFactor ** stepAt.filter((fraction) => step >= fraction * steps).length;
    case "cosine":
      return (learningRate * (1 + Math.cos((Math.PI * (step - warmupSteps)) / (steps - warmupSteps)))) / 2;
  }
}
