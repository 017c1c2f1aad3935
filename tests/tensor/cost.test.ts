/** FLOPs counted by hand. */
import { describe, expect, it } from "vitest";
import { deviceBytes, programCost } from "../../src/tensor/cost.ts";
import { grad } from "../../src/tensor/differentiate/grad.ts";
import { jvp } from "../../src/tensor/differentiate/jvp.ts";
import {
  add,
  constant,
  conv2d,
  conv2dPrimitive,
  input,
  matmul,
  poolArgmax,
  reshape,
  sum,
} from "../../src/tensor/primitives/index.ts";
import { createValue, type DType, type Value } from "../../src/tensor/program.ts";
import { simplify } from "../../src/tensor/simplify/simplify.ts";
import { programOf } from "./evaluate.ts";
import { traceVgg } from "./vgg.ts";

const float = (...shape: number[]): Value => input({ dtype: "float", shape });
const flopsOf = (value: Value) => value.primitive.flops(value);

describe("the FLOPs of one value", () => {
  it("matmul: two a multiply-add", () => {
    expect(flopsOf(matmul(float(5, 7), float(7, 3)))).toBe(2 * 5 * 7 * 3);
    expect(flopsOf(matmul(float(7, 5), float(3, 7), true, true))).toBe(2 * 5 * 7 * 3);
  });

  it("conv2d and its adjoints: output pixels × filter elements × 2", () => {
    const geometry = {
      strides: [2, 1],
      padding: [
        [1, 1],
        [0, 0],
      ],
    } as const;
    const [x, w] = [float(4, 9, 8, 3), float(3, 2, 3, 6)];
    const y = conv2d(x, w, geometry);
    expect(y.type.shape).toEqual([4, 5, 7, 6]);
    const flops = 2 * (4 * 5 * 7) * (3 * 2 * 3 * 6);
    expect(flopsOf(y)).toBe(flops);
    for (const adjoint of grad(sum(y), [x, w])) expect(flopsOf(adjoint)).toBe(flops);
  });

  it("a list of pairs: the sum of its products", () => {
    const geometry = {
      strides: [1, 1],
      padding: [
        [1, 1],
        [1, 1],
      ],
    } as const;
    const [x, w] = [float(2, 8, 8, 4), float(3, 3, 4, 4)];
    const list = createValue(conv2dPrimitive, [x, w, x, w, x, w], geometry);
    expect(flopsOf(list)).toBe(3 * flopsOf(conv2d(x, w, geometry)));
  });

  it("elementwise values by their result, sums by their operand, layouts nothing", () => {
    const x = float(2, 3, 4);
    expect([add(x, x), sum(x, [1]), reshape(x, [24]), constant(1, [9])].map(flopsOf)).toEqual([24, 24, 0, 0]);
    expect(flopsOf(poolArgmax(float(1, 4, 4, 2), { window: [2, 2], strides: [2, 2] }))).toBe(8 * 4);
  });
});

describe("the cost of a program", () => {
  it("counts a shared value once and what is not needed never", () => {
    const [x, w] = [float(4, 4), float(4, 4)];
    const y = matmul(x, w);
    matmul(y, y);
    expect(programCost(programOf([x, w], [add(y, y), y]))).toEqual({
      flops: 2 * 64 + 16,
      bilinearFlops: 2 * 64,
      counts: { input: 2, matmul: 1, add: 1 },
    });
  });

  it("knows a tensor's bytes on a device", () => {
    const bytes = (dtype: DType, ...shape: number[]) => deviceBytes(input({ dtype, shape }));
    expect([bytes("float", 3, 5), bytes("int", 7), bytes("byte", 3, 3), bytes("float")]).toEqual([60, 28, 12, 4]);
  });
});

/** Multiply-adds of VGG11's layers for one image at width 1: pixels × 9 × in × out. */
const convolutions = [
  32 ** 2 * 9 * 3 * 64,
  16 ** 2 * 9 * 64 * 128,
  8 ** 2 * 9 * 128 * 256,
  8 ** 2 * 9 * 256 * 256,
  4 ** 2 * 9 * 256 * 512,
  4 ** 2 * 9 * 512 * 512,
  2 ** 2 * 9 * 512 * 512,
  2 ** 2 * 9 * 512 * 512,
];
const classifier = 512 * 10;
const forward = convolutions.reduce((total, multiplyAdds) => total + multiplyAdds, classifier);

describe("VGG11", () => {
  const batch = 4;

  it("does 153 million multiply-adds an image forward", () => {
    expect(forward).toBe(152_769_536);
    for (const hasBatchNorm of [false, true]) {
      const { inputs, logits } = traceVgg(batch, 1, hasBatchNorm);
      expect(programCost(programOf(inputs, [logits])).bilinearFlops).toBe(2 * batch * forward);
    }
  });

  it("does thrice that for the gradient, without the images' cotangent", () => {
    const { inputs, loss, parameters } = traceVgg(batch, 1, true);
    const program = simplify(programOf(inputs, grad(loss, parameters)));
    expect(programCost(program).bilinearFlops).toBe(2 * batch * (3 * forward - convolutions[0]));
  });

  /**
   * Products a layer: one forward, two for its tangent, one for the cotangent, two for the cotangent's tangent, two for
   * the filter gradient's. The images have no tangent, which saves one in the first layer's tangent and one in its filter
   * gradient's, and no cotangent, which saves three.
   */
  const hessianProductFlops = 2 * batch * (8 * forward - 5 * convolutions[0]);

  const traceProduct = (width: number) => {
    const { inputs, loss, parameters } = traceVgg(batch, width, true);
    const directions = parameters.map(({ type }) => input(type));
    const gradient = grad(loss, parameters);
    const product = jvp(gradient, new Map(parameters.map((parameter, i) => [parameter, directions[i]])));
    return {
      gradient: programCost(simplify(programOf(inputs, gradient))),
      product: programCost(
        simplify(
          programOf(
            [...inputs, ...directions],
            product.map((value, i) => value ?? constant(0, parameters[i].type.shape)),
          ),
        ),
      ),
    };
  };

  it("does 2.66 gradients for a Hessian product, at a quarter of the width 2.63", () => {
    const full = traceProduct(1);
    expect(full.product.bilinearFlops).toBe(hessianProductFlops);
    expect(full.product.bilinearFlops / full.gradient.bilinearFlops).toBeCloseTo(2.658, 3);
    const quarter = traceProduct(0.25);
    expect(quarter.product.bilinearFlops / quarter.gradient.bilinearFlops).toBeCloseTo(2.632, 2);
  });

  it("spends under one per cent of its operations between the products", () => {
    const { gradient, product } = traceProduct(1);
    expect(gradient.flops / gradient.bilinearFlops).toBeLessThan(1.01);
    expect(product.flops / product.bilinearFlops).toBeLessThan(1.01);
  });
});
