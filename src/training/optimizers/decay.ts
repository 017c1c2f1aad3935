/** L2 regularisation as optimisers apply it. */
import { add, multiply } from "../../tensor/primitives/index.ts";
import type { Value } from "../../tensor/program.ts";

/** The gradient of L + (weightDecay/2)·‖θ‖². */
export const decayed = (gradient: Value, theta: Value, weightDecay: number): Value =>
  weightDecay === 0 ? gradient : add(gradient, multiply(theta, weightDecay));
