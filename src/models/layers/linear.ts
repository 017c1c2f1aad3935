/**
 * A dense layer: PyTorch's Linear, after its Flatten when given images. PyTorch flattens [c, h, w] and we [h, w, c]; the
 * weights of such a layer are kept as [h, w, c, out] so that the difference stays in the state dict's conversion.
 */
import { add, broadcast, matmul, reshape } from "../../tensor/primitives/index.ts";
import { elementCount, type Shape, type Value } from "../../tensor/program.ts";
import type { TensorDeclaration } from "../layout.ts";
import type { Scope } from "../scope.ts";
import { declareVector } from "./vector.ts";

function declareWeight(features: Shape, outputs: number): TensorDeclaration {
  const torchShape = [outputs, elementCount(features)];
  return features.length === 3
    ? { role: "weight", shape: [...features, outputs], torchShape, torchAxes: [3, 2, 0, 1] }
    : { role: "weight", shape: [...features, outputs], torchShape, torchAxes: [1, 0] };
}

/** [n, in] or images [n, h, w, c] → [n, `outputs`]. */
export function linear(
  scope: Scope,
  x: Value,
  outputs: number,
  options: Pick<TensorDeclaration, "initialScale"> = {},
): Value {
  const [batch, ...features] = x.type.shape;
  const { units } = scope;
  const made = units.make(outputs);
  const weight = scope.parameter("weight", { ...declareWeight(features, outputs), ...options });
  units.tag(weight, features.length - 1, units.channelsOf(x));
  units.tag(weight, features.length, made);
  const bias = units.tagChannels(scope.parameter("bias", declareVector("bias", outputs)), made);
  const inputs = elementCount(features);
  const y = matmul(reshape(x, [batch, inputs]), reshape(weight, [inputs, outputs]));
  return units.tagChannels(add(y, broadcast(bias, y.type.shape, [1])), made);
}
