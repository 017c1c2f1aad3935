/** What every loss function returns. */
import type { Value } from "../../tensor/program.ts";

export interface ExampleLosses {
  /** [n] */
  readonly losses: Value;
  /** [n], 1 where no class scores above the label's, else 0. */
  readonly correct: Value;
}

export type LossFunction = (outputs: Value, targets: Value) => ExampleLosses;
