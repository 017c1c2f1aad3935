/**
 * Stochastic gradient descent with momentum as in PyTorch: weight decay enters the gradient of every parameter, biases and
 * BatchNorm's included; v ← μv + g; θ ← θ − lr·v, or θ − lr·(g + μv) with Nesterov's momentum.
 */
import { add, multiply, subtract } from "../../tensor/primitives/index.ts";
import { decayed } from "./decay.ts";
import type { Optimizer, OptimizerSettings } from "./optimizer.ts";

export const createSgd = (settings: Pick<OptimizerSettings, "momentum" | "nesterov" | "weightDecay">): Optimizer => ({
  momentCount: settings.momentum > 0 ? 1 : 0,
  scalarNames: ["learningRate"],
  scalars: (_, learningRate) => ({ learningRate }),
  update(theta, lossGradient, [velocity], { learningRate }) {
    const { momentum, nesterov, weightDecay } = settings;
    const gradient = decayed(lossGradient, theta, weightDecay);
    if (!velocity) return { theta: subtract(theta, multiply(gradient, learningRate)), moments: [] };
    const next = add(multiply(velocity, momentum), gradient);
    const direction = nesterov ? add(gradient, multiply(next, momentum)) : next;
    return { theta: subtract(theta, multiply(direction, learningRate)), moments: [next] };
  },
});
