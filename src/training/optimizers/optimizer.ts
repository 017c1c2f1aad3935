/** What an optimiser is: an update written as a tensor program on flat vectors, and the scalars it is fed each step. */
import type { TrainingSpec } from "../../experiment/spec.ts";
import type { Value } from "../../tensor/program.ts";

export interface OptimizerUpdate {
  readonly theta: Value;
  readonly moments: readonly Value[];
}

export interface Optimizer {
  /** Flat vectors kept between steps, zero at first. */
  readonly momentCount: number;
  /** Names of the scalars that change from step to step. */
  readonly scalarNames: readonly string[];
  /** Their values at `step` (from 0). */
  scalars(step: number, learningRate: number): Readonly<Record<string, number>>;
  /** The next parameters and moments; all vectors [layout.length]. */
  update(
    theta: Value,
    gradient: Value,
    moments: readonly Value[],
    scalars: Readonly<Record<string, Value>>,
  ): OptimizerUpdate;
}

/** The part of a specification that decides the update. */
export type OptimizerSettings = Pick<
  TrainingSpec,
  "optimizer" | "momentum" | "nesterov" | "beta1" | "beta2" | "epsilon" | "weightDecay"
>;
