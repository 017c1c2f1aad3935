/** The weights of a point in the plane, computed on the device. */
import type { Layout } from "../models/layout.ts";
import { add, input, multiply } from "../tensor/primitives/index.ts";
import type { Program } from "../tensor/program.ts";

/**
 * Inputs: theta, u, v [layout.length], alpha, beta (scalars). Output: perturbed, θ + αu + βv. At α = β = 0 it is θ to the
 * last bit.
 */
export function tracePerturbation({ length }: Layout): Program {
  const vector = () => input({ dtype: "float", shape: [length] });
  const scalar = () => input({ dtype: "float", shape: [] });
  const inputs = { theta: vector(), u: vector(), v: vector(), alpha: scalar(), beta: scalar() };
  const alongU = add(inputs.theta, multiply(inputs.u, inputs.alpha));
  return { inputs, outputs: { perturbed: add(alongU, multiply(inputs.v, inputs.beta)) } };
}
