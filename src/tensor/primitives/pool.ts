/**
 * Pooling of NHWC images. Max-pooling is an index (`poolArgmax`, no derivative) and two linear maps that use it:
 * `gatherWindow` picks the indexed element of every window, `scatterWindow` is its transpose. Average pooling is `windowSum`,
 * whose transpose is `spreadWindow`. Windows lie wholly inside the image.
 */
import {
  createValue,
  elementCount,
  type Primitive,
  type Shape,
  ShapeError,
  sameShape,
  type TensorType,
  type Value,
} from "../program.ts";
import { describeShape, describeTypes } from "./elementwise.ts";

export interface WindowAttributes {
  /** [height, width]. */
  readonly window: readonly [number, number];
  readonly strides: readonly [number, number];
}
export interface ScatterWindowAttributes extends WindowAttributes {
  /** Height and width of the image scattered into. */
  readonly inputSize: readonly [number, number];
}

function pooledShape(name: string, { dtype, shape }: TensorType, { window, strides }: WindowAttributes): Shape {
  const size = (axis: 0 | 1) => Math.floor((shape[1 + axis] - window[axis]) / strides[axis]) + 1;
  const hasWindows = [...window, ...strides].every((length) => length >= 1);
  if (dtype !== "float" || shape.length !== 4 || !hasWindows || size(0) < 1 || size(1) < 1) {
    throw new ShapeError(
      `${name} of ${dtype} ${describeShape(shape)} with windows of ${window} by strides of ${strides}`,
    );
  }
  return [shape[0], size(0), size(1), shape[3]];
}

export const poolArgmaxPrimitive: Primitive<"poolArgmax", WindowAttributes> = {
  name: "poolArgmax",
  type: ([x], attributes) => ({ dtype: "int", shape: pooledShape("poolArgmax", x, attributes) }),
  jvp: () => null,
  flops: (value) => elementCount(value.type.shape) * value.attributes.window[0] * value.attributes.window[1],
};

export const gatherWindowPrimitive: Primitive<"gatherWindow", WindowAttributes> = {
  name: "gatherWindow",
  type([x, index], attributes) {
    const shape = pooledShape("gatherWindow", x, attributes);
    requireType("gatherWindow", index, { dtype: "int", shape });
    return { dtype: "float", shape };
  },
  jvp: ({ operands: [, index], attributes }, [tangent]) => tangent && gatherWindow(tangent, index, attributes),
  transpose({ operands: [x, index], attributes }, cotangent) {
    const [, height, width] = x.type.shape;
    return [scatterWindow(cotangent, index, { ...attributes, inputSize: [height, width] }), null];
  },
  flops: () => 0,
};

export const scatterWindowPrimitive: Primitive<"scatterWindow", ScatterWindowAttributes> = {
  name: "scatterWindow",
  type([y, index], attributes) {
    const { inputSize } = attributes;
    const image: TensorType = { dtype: "float", shape: [y.shape[0], inputSize[0], inputSize[1], y.shape[3]] };
    const pooled = pooledShape("scatterWindow", image, attributes);
    requireType("scatterWindow", y, { dtype: "float", shape: pooled });
    requireType("scatterWindow", index, { dtype: "int", shape: pooled });
    return image;
  },
  jvp: ({ operands: [, index], attributes }, [tangent]) => tangent && scatterWindow(tangent, index, attributes),
  transpose: ({ operands: [, index], attributes: { inputSize: _, ...attributes } }, cotangent) => [
    gatherWindow(cotangent, index, attributes),
    null,
  ],
  flops: (value) => elementCount(value.type.shape),
};

function requireType(name: string, found: TensorType, wanted: TensorType): void {
  if (found.dtype !== wanted.dtype || !sameShape(found.shape, wanted.shape)) {
    throw new ShapeError(`${name}: ${describeTypes([found])} where ${describeTypes([wanted])} is needed`);
  }
}

export const windowSumPrimitive: Primitive<"windowSum", WindowAttributes> = {
  name: "windowSum",
  type: ([x], attributes) => ({ dtype: "float", shape: pooledShape("windowSum", x, attributes) }),
  jvp: ({ attributes }, [tangent]) => tangent && windowSum(tangent, attributes),
  transpose({ operands: [x], attributes }, cotangent) {
    const [, height, width] = x.type.shape;
    return [spreadWindow(cotangent, { ...attributes, inputSize: [height, width] })];
  },
  flops: (value) => elementCount(value.type.shape) * value.attributes.window[0] * value.attributes.window[1],
};

export const spreadWindowPrimitive: Primitive<"spreadWindow", ScatterWindowAttributes> = {
  name: "spreadWindow",
  type([y], attributes) {
    const { inputSize } = attributes;
    const image: TensorType = { dtype: "float", shape: [y.shape[0], inputSize[0], inputSize[1], y.shape[3]] };
    requireType("spreadWindow", y, { dtype: "float", shape: pooledShape("spreadWindow", image, attributes) });
    return image;
  },
  jvp: ({ attributes }, [tangent]) => tangent && spreadWindow(tangent, attributes),
  transpose: ({ attributes: { inputSize: _, ...attributes } }, cotangent) => [windowSum(cotangent, attributes)],
  flops: ({ operands, attributes: { window } }) => elementCount(operands[0].type.shape) * window[0] * window[1],
};

/** Position (row-major in its window) of the first largest element of every window: int [n, h', w', c]. */
export const poolArgmax = (x: Value, attributes: WindowAttributes): Value =>
  createValue(poolArgmaxPrimitive, [x], attributes);

export const gatherWindow = (x: Value, index: Value, attributes: WindowAttributes): Value =>
  createValue(gatherWindowPrimitive, [x, index], attributes);

export const scatterWindow = (y: Value, index: Value, attributes: ScatterWindowAttributes): Value =>
  createValue(scatterWindowPrimitive, [y, index], attributes);

/** The sum of every window: [n, h', w', c]. */
export const windowSum = (x: Value, attributes: WindowAttributes): Value =>
  createValue(windowSumPrimitive, [x], attributes);

/** Every element of `y` [n, h', w', c] added to all places of its window in an image of zeros. */
export const spreadWindow = (y: Value, attributes: ScatterWindowAttributes): Value =>
  createValue(spreadWindowPrimitive, [y], attributes);
