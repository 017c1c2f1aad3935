/** Products of a float32 backend against the float64 reference, and against themselves. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Backend } from "../../../src/backends/backend.ts";
import { dot, norm, sample } from "../../tensor/vectors.ts";
import { type Choice, openOperator } from "./problem.ts";
import { problemOf, smallNets } from "./small-nets.ts";
import { train } from "./trained.ts";

const bound = 1e-4;
const choices: Readonly<Record<string, Choice>> = {
  Hessian: {},
  "Hessian, two at a time": { width: 2 },
  "Hessian, hoisted": { hoistBytes: 1e8 },
  "Gauss-Newton": { kind: "ggn" },
  Fisher: { kind: "fisher", seed: 3 },
  "empirical Fisher": { kind: "empiricalFisher" },
  "filter-scaled Hessian": { filterScaled: true },
  "Hessian of the weights": { parameters: ["*.weight"] },
};

export function productSuite(name: string, create: () => Promise<Backend>): void {
  describe.each(["mlpTanh", "convMaxPool", "convAveragePool", "convBatchNormBatch"] as const)(`${name}: %s`, (net) => {
    let backend: Backend;
    beforeAll(async () => {
      backend = await create();
    });
    afterAll(() => backend.dispose());

    const problem = problemOf(net);
    const { batchNorm } = smallNets[net];
    const { length } = problem.model.layout;
    const [u, v] = [Float32Array.from(sample([length], 21)), Float32Array.from(sample([length], 22))];
    const float32: typeof problem = {
      ...problem,
      weights: {
        theta: Float32Array.from(problem.weights.theta),
        state: Float32Array.from(problem.weights.state),
      },
    };

    it.each(Object.entries(choices))("%s", async (_, choice) => {
      const own = await openOperator(float32, { ...choice, batchNorm }, backend);
      const [found, again] = [await own.multiply(u, v), await own.multiply(u, v)];
      const expected = await (await openOperator(problem, { ...choice, batchNorm })).multiply(u, v);
      expect(again).toEqual(found);
      expected.forEach((wanted, i) => {
        const error = norm(wanted.map((value, k) => value - found[i][k]));
        expect(error / norm(wanted)).toBeLessThan(bound);
      });
      const inSupport = (flat: Float32Array) => {
        const result = new Float64Array(length);
        for (const { start, length: count } of own.operator.support)
          result.set(flat.subarray(start, start + count), start);
        return result;
      };
      const [uHv, vHu] = [dot(inSupport(u), found[1]), dot(inSupport(v), found[0])];
      expect(Math.abs(uHv - vHu)).toBeLessThan(bound * norm(u) * norm(found[1]));
      own.operator.dispose();
    });

    it("multiplies linearly", async () => {
      const { multiply } = await openOperator(float32, { batchNorm }, backend);
      const [hu, hv, combined] = await multiply(
        u,
        v,
        u.map((value, k) => 3 * value - 0.5 * v[k]),
      );
      const wanted = hu.map((value, k) => 3 * value - 0.5 * hv[k]);
      expect(norm(wanted.map((value, k) => value - combined[k])) / norm(wanted)).toBeLessThan(bound);
    });
  });

  it.each(["hessian", "ggn"] as const)(`${name}: the %s at a minimum`, async (kind) => {
    const { trained, loss } = await train(problemOf("mlpTanh"), 600);
    expect(loss).toBeLessThan(3e-3);
    const backend = await create();
    const { length } = trained.model.layout;
    const v = Float32Array.from(sample([length], 23));
    const [expected] = await (await openOperator(trained, { kind })).multiply(v);
    const [found] = await (await openOperator(trained, { kind }, backend)).multiply(v);
    expect(norm(expected.map((value, k) => value - found[k])) / norm(expected)).toBeLessThan(bound);
    backend.dispose();
  });
}
