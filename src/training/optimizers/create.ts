/** The optimiser that a spec names. */
import { createAdam } from "./adam.ts";
import type { Optimizer, OptimizerSettings } from "./optimizer.ts";
import { createSgd } from "./sgd.ts";

export function createOptimizer(settings: OptimizerSettings): Optimizer {
  switch (settings.optimizer) {
    case "sgd":
      return createSgd(settings);
    case "adam":
      return createAdam(settings);
  }
}
