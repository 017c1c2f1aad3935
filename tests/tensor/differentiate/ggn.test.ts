/** Gauss-Newton products: the Hessian of a convex loss of linear outputs, and Jᵀ H_L J by its parts. */
import { describe, expect, it } from "vitest";
import { ggn, transposeJacobian } from "../../../src/tensor/differentiate/ggn.ts";
import { hvp } from "../../../src/tensor/differentiate/hvp.ts";
import { constant, exp, input, matmul, multiply, sum, tanh } from "../../../src/tensor/primitives/index.ts";
import type { Value } from "../../../src/tensor/program.ts";
import { evaluate } from "../evaluate.ts";
import { crossEntropy, oneHotRows } from "../nets.ts";
import { expectClose, sample } from "../vectors.ts";

const float = (...shape: number[]): Value => input({ dtype: "float", shape });

describe("ggn", () => {
  it("is the Hessian of softmax regression", async () => {
    const [x, w, targets, v] = [float(7, 3), float(3, 4), float(7, 4), float(3, 4)];
    const logits = matmul(x, w);
    const loss = crossEntropy(logits, targets);
    const at = new Map([
      [x, sample([7, 3], 1)],
      [w, sample([3, 4], 2)],
      [targets, oneHotRows(7, 4)],
      [v, sample([3, 4], 3)],
    ]);
    const tangents = new Map([[w, v]]);
    const [gauss, hessian] = await evaluate([...ggn(loss, logits, tangents), ...hvp(loss, tangents)], at);
    expectClose(gauss, hessian, 1e-13);
  });

  it("leaves the curvature of the outputs out: 2e^z at z = x² gives 2x·2e^z·2x", async () => {
    const [x, v] = [float(), float()];
    const z = multiply(x, x);
    const loss = multiply(exp(z), 2);
    const [found] = await evaluate(
      ggn(loss, z, new Map([[x, v]])),
      new Map([
        [x, Float64Array.of(0.7)],
        [v, Float64Array.of(3)],
      ]),
    );
    expect(found[0]).toBeCloseTo(1.4 * 2 * Math.exp(0.49) * 1.4 * 3, 12);
  });

  it("is zero for what the outputs do not depend on", async () => {
    const [x, stranger] = [float(2), float(3)];
    const tangents = new Map([[stranger, float(3)]]);
    const [found] = await evaluate(ggn(sum(tanh(x)), x, tangents), new Map([[x, Float64Array.of(1, 2)]]));
    expect([...found]).toEqual([0, 0, 0]);
  });
});

describe("transposeJacobian", () => {
  it("gives Σ g(gᵀv) of losses", async () => {
    const [x, w, v] = [float(5, 3), float(3, 1), float(3, 1)];
    const outputs = tanh(matmul(x, w));
    const [data, weights, direction] = [sample([5, 3], 4), sample([3, 1], 5), sample([3, 1], 6)];
    const at = new Map([
      [x, data],
      [w, weights],
      [v, direction],
    ]);
    const [found] = await evaluate(
      transposeJacobian(outputs, new Map([[w, v]]), (slopes) => multiply(slopes, constant(0.2))),
      at,
    );
    const expected = new Float64Array(3);
    for (let n = 0; n < 5; n++) {
      const row = data.subarray(3 * n, 3 * n + 3);
      const z = row.reduce((total, value, k) => total + value * weights[k], 0);
      const gradient = row.map((value) => value * (1 - Math.tanh(z) ** 2));
      const slope = gradient.reduce((total, value, k) => total + value * direction[k], 0);
      gradient.forEach((value, k) => {
        expected[k] += 0.2 * slope * value;
      });
    }
    expectClose(found, expected, 1e-13);
  });
});
