/** Pooling: position of the largest element of every window, and copies from and to there. */
import type { WindowAttributes } from "../../../../tensor/primitives/index.ts";
import type { Shape } from "../../../../tensor/program.ts";
import { wasm } from "../assembler.ts";
import { instantiateLoops } from "../instantiate.ts";
import { type CreateKernel, inPlace } from "../kernel.ts";
import { eachWindow, windowOffsets } from "../window-code.ts";
import { clearBytes } from "./window-sums.ts";

export const poolArgmax: CreateKernel<"poolArgmax"> = ({ operands, attributes, type }) => {
  const image = operands[0].type.shape;
  const [first, ...others] = windowOffsets(attributes, image);
  return inPlace(({ module, simd, operands: [x], result }) => {
    const body = eachWindow(image, type.shape, attributes, simd, (lanes, place, local) => {
      const [largest, index] = [local(lanes.float), local(lanes.index)];
      const [candidate, isLarger] = [local(lanes.float), local(lanes.index)];
      const choose = (target: number, value: readonly number[]) => [
        ...value,
        ...wasm.get(target),
        ...wasm.get(isLarger),
        ...lanes.choose,
        ...wasm.set(target),
      ];
      return [
        ...place.image,
        ...lanes.load(x + first),
        ...wasm.set(largest),
        ...lanes.constIndex(0),
        ...wasm.set(index),
        ...others.flatMap((offset, i) => [
          ...place.image,
          ...lanes.load(x + offset),
          ...wasm.set(candidate),
          ...wasm.get(candidate),
          ...wasm.get(largest),
          ...lanes.greater,
          ...wasm.set(isLarger),
          ...choose(largest, wasm.get(candidate)),
          ...choose(index, lanes.constIndex(i + 1)),
        ]),
        ...place.pooled,
        ...wasm.get(index),
        ...lanes.storeIndex(result),
      ];
    });
    return instantiateLoops(module, [body])[0];
  });
};

export const gatherWindow: CreateKernel<"gatherWindow"> = ({ operands, attributes, type }) => {
  const image = operands[0].type.shape;
  const [first, ...others] = windowOffsets(attributes, image);
  return inPlace(({ module, simd, operands: [x, indices], result }) => {
    const body = eachWindow(image, type.shape, attributes, simd, (lanes, place, local) => {
      const [chosen, index] = [local(lanes.float), local(lanes.index)];
      return [
        ...place.pooled,
        ...lanes.loadIndex(indices),
        ...wasm.set(index),
        ...place.image,
        ...lanes.load(x + first),
        ...wasm.set(chosen),
        ...others.flatMap((offset, i) => [
          ...place.image,
          ...lanes.load(x + offset),
          ...wasm.get(chosen),
          ...wasm.get(index),
          ...lanes.constIndex(i + 1),
          ...lanes.equal,
          ...lanes.choose,
          ...wasm.set(chosen),
        ]),
        ...place.pooled,
        ...wasm.get(chosen),
        ...lanes.store(result),
      ];
    });
    return instantiateLoops(module, [body])[0];
  });
};

export const scatterWindow: CreateKernel<"scatterWindow"> = ({ operands, attributes, type }) => {
  const pooled = operands[0].type.shape;
  const offsets = windowOffsets(attributes, type.shape);
  const tiles = isTiled(type.shape, pooled, attributes);
  return inPlace(({ module, simd, operands: [y, indices], result }) => {
    const body = eachWindow(
      type.shape,
      pooled,
      attributes,
      simd,
      (lanes, place, local) => {
        const [value, index] = [local(lanes.float), local(lanes.index)];
        return [
          ...place.pooled,
          ...lanes.load(y),
          ...wasm.set(value),
          ...place.pooled,
          ...lanes.loadIndex(indices),
          ...wasm.set(index),
          ...offsets.flatMap((offset, i) => [
            ...place.image,
            ...wasm.get(value),
            ...lanes.zero,
            ...wasm.get(index),
            ...lanes.constIndex(i),
            ...lanes.equal,
            ...lanes.choose,
            ...(tiles ? [] : [...place.image, ...lanes.load(result + offset), ...lanes.add]),
            ...lanes.store(result + offset),
          ]),
        ];
      },
      tiles ? [] : clearBytes(result, type.shape),
    );
    return instantiateLoops(module, [body])[0];
  });
};

/** Whether every element of the image lies in exactly one window. */
const isTiled = (image: Shape, pooled: Shape, { window, strides }: WindowAttributes): boolean =>
  [0, 1].every((axis) => window[axis] === strides[axis] && pooled[1 + axis] * window[axis] === image[1 + axis]);
