/** One program with its inputs and what it must give, whatever the backend. */
import type { Value } from "../../../src/tensor/program.ts";
import type { Dense } from "../dense.ts";

export interface Case {
  readonly title: string;
  readonly inputs: Readonly<Record<string, Dense>>;
  readonly build: (inputs: Readonly<Record<string, Value>>) => Readonly<Record<string, Value>>;
  readonly expected: Readonly<Record<string, Dense>>;
  /** Outputs that are held to the backend's bound for gradients. */
  readonly gradients?: readonly string[];
}
