/** Activations by name. */
import { select, tanh } from "../../tensor/primitives/index.ts";
import type { Value } from "../../tensor/program.ts";

/** max(x, 0), with the derivative 0 at 0. */
export const relu = (x: Value): Value => select(x, x, 0);

export const activations = { relu, tanh } satisfies Record<string, (x: Value) => Value>;
export type ActivationName = keyof typeof activations;
