/**
 * Convolution (cross-correlation) of NHWC images with HWIO filters, and its two adjoints. Each is bilinear and their
 * derivatives are one another, so the three are closed under differentiation of any order.
 */
import { createValue, type Primitive, type Shape, ShapeError, type Value } from "../program.ts";
import { bilinearJvp, bilinearTranspose, pairTypes } from "./bilinear.ts";
import { describeShape } from "./elementwise.ts";

export interface ConvGeometry {
  /** [vertical, horizontal]. */
  readonly strides: readonly [number, number];
  /** Zeros [[top, bottom], [left, right]]. */
  readonly padding: readonly [readonly [number, number], readonly [number, number]];
}
export interface InputGradAttributes extends ConvGeometry {
  /** Height and width of the image whose cotangent this is. */
  readonly inputSize: readonly [number, number];
}
export interface FilterGradAttributes extends ConvGeometry {
  /** Height and width of the filter whose cotangent this is. */
  readonly filterSize: readonly [number, number];
}

/** Height and width of a convolution's result. */
export const convOutputSize = (
  { strides, padding }: ConvGeometry,
  inputSize: Shape,
  filterSize: Shape,
): readonly [number, number] => {
  const size = (axis: 0 | 1) =>
    Math.floor((inputSize[axis] + padding[axis][0] + padding[axis][1] - filterSize[axis]) / strides[axis]) + 1;
  return [size(0), size(1)];
};

/** Throws unless both are of rank 4, `fits` holds and the geometry makes sense. */
function require4d(name: string, a: Shape, b: Shape, { strides, padding }: ConvGeometry, fits: boolean): void {
  const hasGeometry = strides.every((stride) => stride >= 1) && padding.flat().every((zeros) => zeros >= 0);
  if (a.length !== 4 || b.length !== 4 || !hasGeometry || !fits) {
    const geometry = JSON.stringify({ strides, padding });
    throw new ShapeError(`${name} of ${describeShape(a)} and ${describeShape(b)} with ${geometry}`);
  }
}

export const conv2dPrimitive: Primitive<"conv2d", ConvGeometry> = {
  name: "conv2d",
  type(operands, geometry) {
    const [{ shape: x }, { shape: w }] = pairTypes("conv2d", operands);
    const [height, width] = convOutputSize(geometry, x.slice(1, 3), w.slice(0, 2));
    require4d("conv2d", x, w, geometry, x[3] === w[2] && height > 0 && width > 0);
    return { dtype: "float", shape: [x[0], height, width, w[3]] };
  },
  jvp: (value, tangents) =>
    bilinearJvp(value.operands, tangents, (pairs) => createValue(conv2dPrimitive, pairs, value.attributes)),
  transpose({ operands, attributes: geometry }, cotangent, linear) {
    const [, height, width] = operands[0].type.shape;
    const [filterHeight, filterWidth] = operands[1].type.shape;
    return bilinearTranspose(
      operands,
      linear,
      (w) => conv2dInputGrad(cotangent, w, geometry, [height, width]),
      (x) => conv2dFilterGrad(x, cotangent, geometry, [filterHeight, filterWidth]),
    );
  },
  flops: ({ operands, type: { shape } }) => convFlops(operands, shape, operands[1].type.shape),
};

export const conv2dInputGradPrimitive: Primitive<"conv2dInputGrad", InputGradAttributes> = {
  name: "conv2dInputGrad",
  type(operands, { inputSize, ...geometry }) {
    const [{ shape: dy }, { shape: w }] = pairTypes("conv2dInputGrad", operands);
    const [height, width] = convOutputSize(geometry, inputSize, w.slice(0, 2));
    require4d("conv2dInputGrad", dy, w, geometry, dy[3] === w[3] && dy[1] === height && dy[2] === width);
    return { dtype: "float", shape: [dy[0], inputSize[0], inputSize[1], w[2]] };
  },
  jvp: (value, tangents) =>
    bilinearJvp(value.operands, tangents, (pairs) => createValue(conv2dInputGradPrimitive, pairs, value.attributes)),
  transpose({ operands, attributes: { inputSize: _, ...geometry } }, cotangent, linear) {
    const [filterHeight, filterWidth] = operands[1].type.shape;
    return bilinearTranspose(
      operands,
      linear,
      (w) => conv2d(cotangent, w, geometry),
      (dy) => conv2dFilterGrad(cotangent, dy, geometry, [filterHeight, filterWidth]),
    );
  },
  flops: ({ operands }) => convFlops(operands, operands[0].type.shape, operands[1].type.shape),
};

export const conv2dFilterGradPrimitive: Primitive<"conv2dFilterGrad", FilterGradAttributes> = {
  name: "conv2dFilterGrad",
  type(operands, { filterSize, ...geometry }) {
    const [{ shape: x }, { shape: dy }] = pairTypes("conv2dFilterGrad", operands);
    const [height, width] = convOutputSize(geometry, x.slice(1, 3), filterSize);
    require4d("conv2dFilterGrad", x, dy, geometry, x[0] === dy[0] && dy[1] === height && dy[2] === width);
    return { dtype: "float", shape: [filterSize[0], filterSize[1], x[3], dy[3]] };
  },
  jvp: (value, tangents) =>
    bilinearJvp(value.operands, tangents, (pairs) => createValue(conv2dFilterGradPrimitive, pairs, value.attributes)),
  transpose({ operands, attributes: { filterSize: _, ...geometry } }, cotangent, linear) {
    const [, height, width] = operands[0].type.shape;
    return bilinearTranspose(
      operands,
      linear,
      (dy) => conv2dInputGrad(dy, cotangent, geometry, [height, width]),
      (x) => conv2d(x, cotangent, geometry),
    );
  },
  flops: ({ operands, type: { shape } }) => convFlops(operands, operands[1].type.shape, shape),
};

/** Two operations a multiply-add: `output` positions × filter elements, for every pair. */
const convFlops = (operands: readonly Value[], output: Shape, filter: Shape): number =>
  output[0] * output[1] * output[2] * filter[0] * filter[1] * filter[2] * filter[3] * operands.length;

/** x [n, h, w, in] with w [kh, kw, in, out] → [n, h', w', out]. */
export const conv2d = (x: Value, w: Value, geometry: ConvGeometry): Value =>
  createValue(conv2dPrimitive, [x, w], geometry);

/** dy [n, h', w', out] with w [kh, kw, in, out] → the image's cotangent [n, ...inputSize, in]. */
export const conv2dInputGrad = (
  dy: Value,
  w: Value,
  geometry: ConvGeometry,
  inputSize: readonly [number, number],
): Value => createValue(conv2dInputGradPrimitive, [dy, w], { ...geometry, inputSize });

/** x [n, h, w, in] with dy [n, h', w', out] → the filter's cotangent [...filterSize, in, out]. */
export const conv2dFilterGrad = (
  x: Value,
  dy: Value,
  geometry: ConvGeometry,
  filterSize: readonly [number, number],
): Value => createValue(conv2dFilterGradPrimitive, [x, dy], { ...geometry, filterSize });
