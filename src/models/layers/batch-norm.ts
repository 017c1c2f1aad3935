/**
 * Batch normalisation over the channels of images or the units of a dense layer (Ioffe & Szegedy 2015) with PyTorch's
 * constants: the biased variance normalises, the unbiased one enters the running statistics. Written as in the textbook; the
 * simplifier does the rest.
 */
import { add, broadcast, multiply, type Operand, rsqrt, subtract, sum } from "../../tensor/primitives/index.ts";
import { elementCount, type Value } from "../../tensor/program.ts";
import type { Scope } from "../scope.ts";
import { declareVector } from "./vector.ts";

const epsilon = 1e-5;

/** Images [n, h, w, c], or [n, c], to values of the same shape; in batch mode the scope is given the new running statistics. */
export function batchNorm(scope: Scope, images: Value): Value {
  const shape = images.type.shape;
  const channelAxis = shape.length - 1;
  const channels = shape[channelAxis];
  const [scale, shift, runningMean, runningVariance] = [
    scope.parameter("weight", declareVector("batchNormScale", channels)),
    scope.parameter("bias", declareVector("batchNormShift", channels)),
    scope.state("running_mean", declareVector("runningMean", channels)),
    scope.state("running_var", declareVector("runningVariance", channels)),
  ].map((tensor) => scope.units.handOn(images, tensor));
  const perChannel = (x: Value) => broadcast(x, shape, [channelAxis]);
  const normalize = (centred: Value, variance: Value) =>
    scope.units.handOn(
      images,
      add(multiply(multiply(centred, perChannel(rsqrt(add(variance, epsilon)))), perChannel(scale)), perChannel(shift)),
    );
  if (scope.batchNorm.kind === "frozen") return normalize(subtract(images, perChannel(runningMean)), runningVariance);

  const count = elementCount(shape) / channels;
  if (count < 2) throw new RangeError("BatchNorm cannot take the statistics of a single value a channel.");
  const { momentum } = scope.batchNorm;
  const others = shape.map((_, axis) => axis).slice(0, channelAxis);
  const mean = multiply(sum(images, others), 1 / count);
  const centred = subtract(images, perChannel(mean));
  const variance = multiply(sum(multiply(centred, centred), others), 1 / count);
  scope.updateState("running_mean", average(runningMean, mean, momentum));
  scope.updateState("running_var", average(runningVariance, multiply(variance, count / (count - 1)), momentum));
  return normalize(centred, variance);
}

/** (1 − momentum)·running + momentum·next. */
const average = (running: Value, next: Value, momentum: Operand): Value =>
  add(multiply(running, typeof momentum === "number" ? 1 - momentum : subtract(1, momentum)), multiply(next, momentum));
