/**
 * Adam (Kingma & Ba 2015) as in PyTorch: weight decay enters the gradient; both moments are corrected for their start at
 * zero, the second before the square root and ε after it. The corrections are fed: powers of β do not belong on a device.
 */
import { add, divide, multiply, sqrt, subtract } from "../../tensor/primitives/index.ts";
import { decayed } from "./decay.ts";
import type { Optimizer, OptimizerSettings } from "./optimizer.ts";

export const createAdam = (
  settings: Pick<OptimizerSettings, "beta1" | "beta2" | "epsilon" | "weightDecay">,
): Optimizer => ({
  momentCount: 2,
  scalarNames: ["stepSize", "rootCorrection"],
  scalars: (step, learningRate) => ({
    stepSize: learningRate / (1 - settings.beta1 ** (step + 1)),
    rootCorrection: 1 / Math.sqrt(1 - settings.beta2 ** (step + 1)),
  }),
  update(theta, lossGradient, [first, second], { stepSize, rootCorrection }) {
    const { beta1, beta2, epsilon, weightDecay } = settings;
    const gradient = decayed(lossGradient, theta, weightDecay);
    const mean = add(multiply(first, beta1), multiply(gradient, 1 - beta1));
    const square = add(multiply(second, beta2), multiply(multiply(gradient, gradient), 1 - beta2));
    const denominator = add(multiply(sqrt(square), rootCorrection), epsilon);
    return { theta: subtract(theta, multiply(divide(mean, denominator), stepSize)), moments: [mean, square] };
  },
});
