/** The edges of `grad`, `jvp` and `transposeLinear`; their figures are checked in the other files of this folder. */
import { describe, expect, it } from "vitest";
import { programCost } from "../../../src/tensor/cost.ts";
import { grad } from "../../../src/tensor/differentiate/grad.ts";
import { jvp } from "../../../src/tensor/differentiate/jvp.ts";
import { transposeLinear } from "../../../src/tensor/differentiate/transpose.ts";
import {
  add,
  conv2d,
  divide,
  exp,
  input,
  matmul,
  max,
  multiply,
  select,
  step,
  subtract,
  sum,
  tanh,
} from "../../../src/tensor/primitives/index.ts";
import { ShapeError, type Value } from "../../../src/tensor/program.ts";
import { constantOf } from "../../../src/tensor/simplify/match.ts";
import { evaluate, programOf } from "../evaluate.ts";
import { sample } from "../vectors.ts";

const float = (...shape: number[]): Value => input({ dtype: "float", shape });

describe("grad", () => {
  it("refuses a loss that is not a scalar", () => {
    const x = float(3);
    expect(() => grad(x, [x])).toThrow(new ShapeError("grad of a tensor of shape [3]"));
  });

  it("is 1 for the loss itself and 0 for a stranger", () => {
    const [loss, stranger] = [float(), float(2)];
    expect(grad(loss, [loss, stranger]).map((value) => [constantOf(value), value.type.shape])).toEqual([
      [1, []],
      [0, [2]],
    ]);
  });

  it("gives a variable named twice its gradient twice", async () => {
    const x = float(3);
    const [first, second] = await evaluate(grad(sum(multiply(x, x)), [x, x]), new Map([[x, Float64Array.of(1, 2, 3)]]));
    expect([...first]).toEqual([2, 4, 6]);
    expect([...second]).toEqual([2, 4, 6]);
  });

  it("takes a variable inside the graph as given", async () => {
    const x = float(2);
    const y = multiply(x, x);
    const at = new Map([[x, Float64Array.of(3, 5)]]);
    const [byX, byY] = await evaluate(grad(sum(multiply(x, y)), [x, y]), at);
    expect([...byX]).toEqual([9, 25]);
    expect([...byY]).toEqual([3, 5]);
  });

  it("is zero through step, max and a condition", () => {
    const x = float(4);
    const loss = add(add(sum(step(x)), max(x, [0])), sum(select(x, 1, 0)));
    expect(constantOf(grad(loss, [x])[0])).toBe(0);
  });

  it("adds the two products of a shared factor into one list of pairs", () => {
    const [x, w] = [float(3, 3), float(3, 3)];
    const [gradient] = grad(sum(matmul(tanh(matmul(x, w)), w)), [w]);
    expect(programCost(programOf([x, w], [gradient])).counts.matmul).toBe(3);
    expect(gradient.operands).toHaveLength(4);
  });

  it("does not add products that are transposed otherwise", () => {
    const [x, u, w] = [float(3, 3), float(3, 3), float(3, 3)];
    const [gradient] = grad(add(sum(matmul(x, w)), sum(matmul(x, u, true, true))), [x]);
    expect(gradient.operands.map(({ attributes }) => attributes)).toEqual(
      expect.arrayContaining([
        { transposeA: false, transposeB: true },
        { transposeA: true, transposeB: true },
      ]),
    );
  });
});

describe("jvp", () => {
  it("propagates symbolic zeros", () => {
    const [x, w] = [float(1, 3, 3, 1), float(2, 2, 1, 1)];
    const y = conv2d(x, w, {
      strides: [1, 1],
      padding: [
        [0, 0],
        [0, 0],
      ],
    });
    const [tangent, none] = jvp([y, exp(w)], new Map([[x, float(1, 3, 3, 1)]]));
    expect(tangent?.operands).toHaveLength(2);
    expect(none).toBeNull();
  });

  it("takes a preset tangent in the middle of a graph, whatever lies before", async () => {
    const [x, t, s] = [float(3), float(3), float(3)];
    const y = exp(x);
    const [tangent] = jvp(
      [multiply(y, y)],
      new Map([
        [x, t],
        [y, s],
      ]),
    );
    const point = sample([3], 1);
    const [found] = await evaluate(
      [tangent!],
      new Map([
        [x, point],
        [t, sample([3], 2)],
        [s, Float64Array.of(1, 1, 1)],
      ]),
    );
    expect([...found]).toEqual(Array.from(point, (p) => 2 * Math.exp(p)));
  });
});

describe("transposeLinear", () => {
  const [t, c] = [float(2), float(2)];
  const transposeOf = (root: Value) => () => transposeLinear(new Map([[root, c]]), [t]);

  it("is null for a variable that is not reached", () => {
    expect(transposeLinear(new Map([[multiply(c, c), c]]), [t])).toEqual([null]);
  });

  it.each([
    ["exp", () => exp(t)],
    ["a product of two variables", () => multiply(t, add(t, t))],
    ["a quotient by a variable", () => divide(c, t)],
    ["a choice by a variable", () => select(t, c, c)],
    ["max", () => add(max(t, [0]), c)],
  ])("refuses %s, which is not linear", (_, root) => {
    expect(transposeOf(root())).toThrow(TypeError);
    expect(transposeOf(root())).toThrow(/is not linear/);
  });

  it("refuses a matrix product of two variables", () => {
    const m = float(2, 2);
    expect(() => transposeLinear(new Map([[matmul(m, m), m]]), [m])).toThrow(/matmul is not linear/);
  });

  it("refuses a cotangent of another shape", () => {
    expect(() => transposeLinear(new Map([[subtract(t, t), float(3)]]), [t])).toThrow(ShapeError);
    expect(() => transposeLinear(new Map([[subtract(t, t), float(3)]]), [t])).toThrow(/\[3\].*\[2\].*subtract/);
  });

  it("accumulates the cotangents of several roots", async () => {
    const [a, b] = [float(2), float(2)];
    const [back] = transposeLinear(
      new Map([
        [multiply(t, 3), a],
        [sum(t), sum(b)],
      ]),
      [t],
    );
    const [found] = await evaluate(
      [back!],
      new Map([
        [a, Float64Array.of(1, 2)],
        [b, Float64Array.of(10, 20)],
      ]),
    );
    expect([...found]).toEqual([33, 36]);
  });
});
