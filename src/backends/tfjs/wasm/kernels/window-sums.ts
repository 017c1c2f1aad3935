/** Sums of pooling windows, and their transpose. */
import { elementCount, type Shape } from "../../../../tensor/program.ts";
import { type Code, wasm } from "../assembler.ts";
import { instantiateLoops } from "../instantiate.ts";
import { type CreateKernel, inPlace } from "../kernel.ts";
import { eachWindow, windowOffsets } from "../window-code.ts";

export const windowSum: CreateKernel<"windowSum"> = ({ operands, attributes, type }) => {
  const image = operands[0].type.shape;
  const [first, ...others] = windowOffsets(attributes, image);
  return inPlace(({ module, simd, operands: [x], result }) => {
    const body = eachWindow(image, type.shape, attributes, simd, (lanes, place) => [
      ...place.pooled,
      ...place.image,
      ...lanes.load(x + first),
      ...others.flatMap((offset) => [...place.image, ...lanes.load(x + offset), ...lanes.add]),
      ...lanes.store(result),
    ]);
    return instantiateLoops(module, [body])[0];
  });
};

export const spreadWindow: CreateKernel<"spreadWindow"> = ({ operands, attributes, type }) => {
  const offsets = windowOffsets(attributes, type.shape);
  return inPlace(({ module, simd, operands: [y], result }) => {
    const body = eachWindow(
      type.shape,
      operands[0].type.shape,
      attributes,
      simd,
      (lanes, place) =>
        offsets.flatMap((offset) => [
          ...place.image,
          ...place.pooled,
          ...lanes.load(y),
          ...place.image,
          ...lanes.load(result + offset),
          ...lanes.add,
          ...lanes.store(result + offset),
        ]),
      clearBytes(result, type.shape),
    );
    return instantiateLoops(module, [body])[0];
  });
};

/** Sets a float tensor at `address` to zeros. */
export const clearBytes = (address: number, shape: Shape): Code => [
  ...wasm.i32.const(address),
  ...wasm.i32.const(0),
  ...wasm.i32.const(4 * elementCount(shape)),
  ...wasm.memoryFill,
];
