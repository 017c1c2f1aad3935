import { describe, expect, it } from "vitest";
import { matchWeights } from "../../src/comparison/match-weights.ts";
import { distance } from "../../src/comparison/parameter-distances.ts";
import { permutableUnits } from "../../src/comparison/permutable-units.ts";
import { permuteWeights } from "../../src/comparison/permute-weights.ts";
import { addUnitProducts } from "../../src/comparison/unit-products.ts";
import { createModel, type Model } from "../../src/models/model.ts";
import type { FlatWeights } from "../../src/models/weights.ts";
import { input } from "../../src/tensor/primitives/index.ts";
import { traceWeights } from "../../src/training/programs/weights.ts";
import { evaluate } from "../tensor/evaluate.ts";
import { drawPermutations, drawWeights, inverse, nets } from "./nets.ts";

describe.each(Object.entries(nets))("%s", (_, model) => {
  const weights = drawWeights(model, 1);
  const permutations = drawPermutations(model, 2);
  const permuted = permuteWeights(model, weights, permutations);

  it("has the same outputs with its units exchanged", async () => {
    expect(distance(weights.theta, permuted.theta)).toBeGreaterThan(1);
    const [own, other] = [await logitsOf(model, weights), await logitsOf(model, permuted)];
    const largest = Math.max(...own.map(Math.abs));
    expect(Math.max(...own.map((value, k) => Math.abs(value - other[k])))).toBeLessThan(1e-10 * largest);
  });

  it("recovers exactly a permutation of itself", async () => {
    const found = await matchWeights(model, weights, permuted, { seed: 3 });
    expect(found.permutations).toEqual(permutations.map(inverse));
    expect(found.weights).toEqual(weights);
  });

  it("brings another net nearer", async () => {
    const other = drawWeights(model, 5);
    const found = await matchWeights(model, weights, other, { seed: 3 });
    expect(distance(weights.theta, found.weights.theta)).toBeLessThan(distance(weights.theta, other.theta));
    const total = found.groups.reduce((sum, { size }) => sum + size, 0);
    const moved = found.permutations.flatMap((permutation) => [...permutation].filter((from, to) => from !== to));
    expect(moved.length).toBeGreaterThan(total / 2);
  });
});

describe("weight matching", () => {
  it("leaves the first layer's inputs and the last layer's classes alone", () => {
    const model = nets["VGG11 with BatchNorm"];
    const groups = permutableUnits(model);
    expect(groups.map(({ name }) => name)).toEqual([0, 4, 8, 11, 15, 18, 22, 25].map((n) => `features.${n}`));
    expect(groups.at(-1)?.axes.map(({ entry, axis }) => `${entry.name} ${axis}`)).toEqual([
      "features.25.weight 3",
      "features.25.bias 0",
      "features.26.weight 0",
      "features.26.bias 0",
      "classifier.weight 2",
      "features.26.running_mean 0",
      "features.26.running_var 0",
    ]);
  });

  it("has nothing to exchange in a linear model", async () => {
    const { image } = nets["an MLP of three layers"];
    const model = createModel({ name: "mlp", hidden: [], activation: "relu", classes: 10 }, image);
    expect(permutableUnits(model)).toHaveLength(0);
    const other = drawWeights(model, 9);
    const found = await matchWeights(model, other, other, { seed: 1 });
    expect(found.sweeps).toBe(0);
    expect(found.weights).toEqual(other);
  });

  it("refuses weights that are not finite, and stops when told", async () => {
    const model = nets["an MLP of three layers"];
    const weights = drawWeights(model, 1);
    const broken = { ...weights, theta: weights.theta.with(3, Number.NaN) };
    await expect(matchWeights(model, weights, broken, { seed: 1 })).rejects.toThrow(/not finite/);
    const signal = AbortSignal.abort(new Error("enough"));
    await expect(matchWeights(model, weights, weights, { seed: 1, signal })).rejects.toThrow("enough");
  });

  it("adds up products of slices along any axis", () => {
    const shape = [2, 5, 3];
    const a = Float32Array.from({ length: 30 }, (_, k) => Math.fround(Math.sin(k)));
    const b = Float32Array.from({ length: 30 }, (_, k) => Math.fround(Math.cos(3 * k)));
    const at = (tensor: Float32Array, x: number, unit: number, y: number) => tensor[(x * 5 + unit) * 3 + y];
    const sums = new Float64Array(25).fill(1);
    addUnitProducts(sums, a, b, shape, 1);
    for (let i = 0; i < 5; i++) {
      for (let j = 0; j < 5; j++) {
        let expected = 1;
        for (let x = 0; x < 2; x++) for (let y = 0; y < 3; y++) expected += at(a, x, i, y) * at(b, x, j, y);
        expect(sums[i * 5 + j]).toBeCloseTo(expected, 12);
      }
    }
  });
});

/** In float64, of two hashed pictures. */
async function logitsOf(model: Model, weights: FlatWeights): Promise<number[]> {
  const traced = traceWeights(model);
  const images = input({ dtype: "float", shape: [2, 32, 32, 3] });
  const { logits } = model.apply(traced.parameters, traced.state, images, { kind: "frozen" });
  const pictures = Float64Array.from({ length: 2 * 32 * 32 * 3 }, (_, k) => Math.sin(k * k));
  const contents = new Map([
    [traced.inputs.theta, Float64Array.from(weights.theta)],
    [images, pictures],
  ]);
  if (traced.inputs.state) contents.set(traced.inputs.state, Float64Array.from(weights.state));
  const [found] = await evaluate([logits], contents);
  return [...found];
}
