/** D of the filter-scaled D·H·D: every number of a weight times the norm of its filter (Li et al. 2018). */
import { broadcast, multiply, sqrt, sum } from "../../tensor/primitives/index.ts";
import type { Value } from "../../tensor/program.ts";

/** The Frobenius norm of each filter (the weight's last axis numbers them), repeated to the weight's shape. */
export function filterNorms(weight: Value): Value {
  const { shape } = weight.type;
  const last = shape.length - 1;
  const withinFilter = shape.slice(0, last).map((_, axis) => axis);
  return broadcast(sqrt(sum(multiply(weight, weight), withinFilter)), shape, [last]);
}
