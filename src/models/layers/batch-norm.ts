/**
 * Batch normalisation over the channels of images (Ioffe & Szegedy 2015) with PyTorch's constants: the biased variance
 * normalises, the unbiased one enters the running statistics. Written as in the textbook; the simplifier does the rest.
 */
import { add, broadcast, multiply, type Operand, rsqrt, subtract, sum } from "../../tensor/primitives/index.ts";
import type { Value } from "../../tensor/program.ts";
import type { Scope } from "../scope.ts";
import { declareVector } from "./vector.ts";

const epsilon = 1e-5;

/** Images [n, h, w, c] → [n, h, w, c]; in batch mode the scope is given the new running statistics. */
export function batchNorm(scope: Scope, images: Value): Value {
  const shape = images.type.shape;
  const channels = shape[3];
  const [scale, shift, runningMean, runningVariance] = [
    scope.parameter("weight", declareVector("batchNormScale", channels)),
    scope.parameter("bias", declareVector("batchNormShift", channels)),
    scope.state("running_mean", declareVector("runningMean", channels)),
    scope.state("running_var", declareVector("runningVariance", channels)),
  ].map((tensor) => scope.units.handOn(images, tensor));
  const perChannel = (x: Value) => broadcast(x, shape, [3]);
  const normalize = (centred: Value, variance: Value) =>
    scope.units.handOn(
      images,
      add(multiply(multiply(centred, perChannel(rsqrt(add(variance, epsilon)))), perChannel(scale)), perChannel(shift)),
    );
  if (scope.batchNorm.kind === "frozen") return normalize(subtract(images, perChannel(runningMean)), runningVariance);

  const count = shape[0] * shape[1] * shape[2];
  if (count < 2) throw new RangeError("BatchNorm cannot take the statistics of a single value a channel.");
  const { momentum } = scope.batchNorm;
  const mean = multiply(sum(images, [0, 1, 2]), 1 / count);
  const centred = subtract(images, perChannel(mean));
  const variance = multiply(sum(multiply(centred, centred), [0, 1, 2]), 1 / count);
  scope.updateState("running_mean", average(runningMean, mean, momentum));
  scope.updateState("running_var", average(runningVariance, multiply(variance, count / (count - 1)), momentum));
  return normalize(centred, variance);
}

/** (1 − momentum)·running + momentum·next. */
const average = (running: Value, next: Value, momentum: Operand): Value =>
  add(multiply(running, typeof momentum === "number" ? 1 - momentum : subtract(1, momentum)), multiply(next, momentum));
