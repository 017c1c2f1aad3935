/**
 * One step of training a curve's control points: the loss at one point φ(t) of the curve, and its gradient by the chain rule,
 * ∂L/∂(control k) = share_k(t)·∇L(φ(t)) (Garipov et al. 2018).
 */
import { type ImageSource, traceBatch } from "../execution/programs/batch.ts";
import { flatInput } from "../execution/programs/weights.ts";
import { flattenTensors, viewTensors } from "../models/layout.ts";
import type { LossFunction } from "../models/losses/loss.ts";
import type { Model } from "../models/model.ts";
import { grad } from "../tensor/differentiate/grad.ts";
import { add, input, multiply, sum } from "../tensor/primitives/index.ts";
import type { Program, Value } from "../tensor/program.ts";
import type { Optimizer } from "../training/optimizers/optimizer.ts";

/** The curve's points in order, by the names that the program has for them. */
export const pointNames = (controls: number): string[] => [
  "from",
  ...Array.from({ length: controls }, (_, k) => `control${k}`),
  "to",
];
export const shareName = (point: string): string => `share ${point}`;
export const momentName = (point: string, moment: number): string => `${point} moment${moment}`;

export interface CurveStepOptions {
  readonly model: Model;
  readonly loss: LossFunction;
  /** The optimiser of the control points, without weight decay of its own: the decay is that of φ(t). */
  readonly optimizer: Optimizer;
  readonly weightDecay: number;
  readonly controls: number;
}

/**
 * Inputs: the points and their shares at t, the control points' moments, pixels, labels, indices, draws, the optimiser's
 * scalars. Outputs: control points and moments after the step, and loss, the batch's mean at φ(t) before it. BatchNorm takes
 * the batch's own statistics.
 */
export function traceCurveStep(
  { model, loss: lossFunction, optimizer, weightDecay, controls }: CurveStepOptions,
  source: ImageSource,
  batchSize: number,
): Program {
  const { layout, stateLayout } = model;
  const names = pointNames(controls);
  const scalar = () => input({ dtype: "float", shape: [] });
  const points = new Map(names.map((name) => [name, flatInput(layout)]));
  const shares = new Map(names.map((name) => [name, scalar()]));
  const scalars = Object.fromEntries(optimizer.scalarNames.map((name) => [name, scalar()]));
  const batch = traceBatch(model, source, batchSize);

  const at = (name: string): [point: Value, share: Value] => [points.get(name) as Value, shares.get(name) as Value];
  const theta = names.map((name) => multiply(...at(name))).reduce((left, right) => add(left, right));
  const parameters = viewTensors(layout, theta);
  // Not read with batch statistics; the model asks for them all the same.
  const state = stateLayout.length > 0 ? viewTensors(stateLayout, flatInput(stateLayout)) : [];
  const { logits } = model.apply(parameters, state, batch.images, { kind: "batch", momentum: 0 });
  const loss = multiply(sum(lossFunction(logits, batch.targets).losses), 1 / batchSize);
  const gradient = add(flattenTensors(layout, grad(loss, parameters)), multiply(theta, weightDecay));

  const inputs: Record<string, Value> = { ...batch.inputs, ...scalars };
  const outputs: Record<string, Value> = { loss };
  for (const name of names) {
    const [point, share] = at(name);
    inputs[name] = point;
    inputs[shareName(name)] = share;
    if (name === "from" || name === "to") continue;
    const moments = Array.from({ length: optimizer.momentCount }, () => flatInput(layout));
    const next = optimizer.update(point, multiply(gradient, share), moments, scalars);
    outputs[name] = next.theta;
    moments.forEach((moment, k) => {
      inputs[momentName(name, k)] = moment;
      outputs[momentName(name, k)] = next.moments[k];
    });
  }
  return { inputs, outputs };
}
