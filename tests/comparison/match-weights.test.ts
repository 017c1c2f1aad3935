import { describe, expect, it } from "vitest";
import { createModel } from "../../src/architectures/networks.ts";
import { matchWeights } from "../../src/comparison/match-weights.ts";
import { distance } from "../../src/comparison/parameter-distances.ts";
import { permutableUnits, type UnitPlaces } from "../../src/comparison/permutable-units.ts";
import { permuteWeights } from "../../src/comparison/permute-weights.ts";
import { UnitProducts } from "../../src/comparison/unit-products.ts";
import { range } from "../../src/data/permutation.ts";
import { createLayout } from "../../src/models/layout.ts";
import { tensorOf } from "../../src/models/weights.ts";
import { candidates } from "../curvature/backends.ts";
import { largestDifference, logitsOf } from "./logits.ts";
import { drawPermutations, drawWeights, inverse, netOfSharedUnits, nets } from "./nets.ts";

const backends = await Promise.all(candidates.map(async ({ name, create }) => ({ name, backend: await create() })));
const [{ backend }] = backends;

describe.each(Object.entries(nets))("%s", (_, model) => {
  const weights = drawWeights(model, 1);
  const permutations = drawPermutations(model, 2);
  const permuted = permuteWeights(model, weights, permutations);

  it("has the same outputs with its units exchanged", async () => {
    expect(distance(weights.theta, permuted.theta)).toBeGreaterThan(1);
    const [own, other] = [await logitsOf(model, weights), await logitsOf(model, permuted)];
    expect(largestDifference(own, other)).toBeLessThan(1e-10);
  });

  it.each(backends)("recovers exactly a permutation of itself on $name", async ({ backend }) => {
    const found = await matchWeights(backend, model, weights, permuted, { seed: 3 });
    expect(found.permutations).toEqual(permutations.map(inverse));
    expect(found.weights).toEqual(weights);
  });

  it.each(backends)("brings another net nearer on $name", async ({ backend }) => {
    const other = drawWeights(model, 5);
    const found = await matchWeights(backend, model, weights, other, { seed: 3 });
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

  it("moves both axes of a weight that holds the same units twice, and never away from the other net", async () => {
    const model = netOfSharedUnits;
    const weights = drawWeights(model, 1);
    const permuted = permuteWeights(model, weights, drawPermutations(model, 2));
    expect(largestDifference(await logitsOf(model, weights), await logitsOf(model, permuted))).toBeLessThan(1e-10);
    const found = await matchWeights(backend, model, weights, permuted, { seed: 3 });
    expect(distance(weights.theta, found.weights.theta)).toBeLessThan(distance(weights.theta, permuted.theta));
  });

  it("ties the units of a sum, and lets those beside a zero-padded shortcut go their own way", () => {
    const wordsOf = (name: string) =>
      permutableUnits(nets[name]).map(({ name, size, axes }) => {
        const whole = ({ entry, axis, places }: UnitPlaces) => places.length === entry.shape[axis];
        return `${size} of ${name}: ${axes.map((held) => `${held.entry.name} ${held.axis}${whole(held) ? "" : ` at ${held.places}`}`).join(", ")}`;
      });
    expect(wordsOf("projected residual blocks")).toEqual([
      "8 of stem: stem.weight 3, stem.bias 0, narrow.conv1.weight 2, narrow.conv3.weight 2",
      "8 of narrow.conv1: narrow.conv1.weight 3, narrow.conv1.bias 0, narrow.conv2.weight 2",
      "8 of narrow.conv2: narrow.conv2.weight 3, narrow.conv2.bias 0, narrow.conv3.weight 3, narrow.conv3.bias 0, wide.conv1.weight 2, wide.conv3.weight 2",
      "16 of wide.conv1: wide.conv1.weight 3, wide.conv1.bias 0, wide.conv2.weight 2",
      "16 of wide.conv2: wide.conv2.weight 3, wide.conv2.bias 0, wide.conv3.weight 3, wide.conv3.bias 0, linear.weight 0",
    ]);
    const [middle, sides] = ["4,5,6,7,8,9,10,11", "0,1,2,3,12,13,14,15"];
    expect(wordsOf("zero-padded residual blocks")).toEqual([
      `8 of stem: stem.weight 3, stem.bias 0, narrow.conv1.weight 2, narrow.conv2.weight 3, narrow.conv2.bias 0, wide.conv1.weight 2, wide.conv2.weight 3 at ${middle}, wide.conv2.bias 0 at ${middle}, linear.weight 0 at ${middle}`,
      "8 of narrow.conv1: narrow.conv1.weight 3, narrow.conv1.bias 0, narrow.conv2.weight 2",
      "16 of wide.conv1: wide.conv1.weight 3, wide.conv1.bias 0, wide.conv2.weight 2",
      `8 of wide.conv2: wide.conv2.weight 3 at ${sides}, wide.conv2.bias 0 at ${sides}, linear.weight 0 at ${sides}`,
    ]);
  });

  it("has nothing to exchange in a linear model", async () => {
    const { image } = nets["an MLP of three layers"];
    const model = createModel({ name: "mlp", hidden: [], activation: "relu", classes: 10 }, image);
    expect(permutableUnits(model)).toHaveLength(0);
    const other = drawWeights(model, 9);
    const found = await matchWeights(backend, model, other, other, { seed: 1 });
    expect(found.sweeps).toBe(0);
    expect(found.weights).toEqual(other);
  });

  it("refuses weights that are not finite, and stops when told", async () => {
    const model = nets["an MLP of three layers"];
    const weights = drawWeights(model, 1);
    const broken = { ...weights, theta: weights.theta.with(3, Number.NaN) };
    await expect(matchWeights(backend, model, weights, broken, { seed: 1 })).rejects.toThrow(/not finite/);
    const signal = AbortSignal.abort(new Error("enough"));
    await expect(matchWeights(backend, model, weights, weights, { seed: 1, signal })).rejects.toThrow("enough");
  });
});

describe.each(candidates)("unit products on $name", ({ create, rounding }) => {
  it("are inner products of slices along any axis", async () => {
    const backend = await create();
    const tensor = (shape: readonly number[]) => ({ role: "weight", shape, torchShape: shape, torchAxes: [] }) as const;
    // Slices that do not begin at a multiple of four, and a tensor before them.
    const layout = createLayout([
      { ...tensor([5]), name: "before" },
      { ...tensor([2, 5, 3]), name: "block" },
    ]);
    const theta = Float32Array.from({ length: layout.length }, (_, k) => Math.sin(k));
    const products = new UnitProducts(backend, layout, theta);
    for (const entry of layout.entries) {
      const own = tensorOf(theta, entry);
      const other = Float32Array.from({ length: entry.length }, (_, k) => Math.cos(3 * k));
      for (const [axis, units] of entry.shape.entries()) {
        const after = entry.shape.slice(axis + 1).reduce((count, size) => count * size, 1);
        const unitOf = (place: number) => Math.floor(place / after) % units;
        const expected = new Float64Array(units * units).fill(1);
        own.forEach((x, p) => {
          other.forEach((y, q) => {
            // The same place but for the unit.
            if (p - unitOf(p) * after === q - unitOf(q) * after) expected[unitOf(p) * units + unitOf(q)] += x * y;
          });
        });
        // All of an axis, and its last and its first slice alone.
        for (const places of [range(units), Int32Array.of(units - 1, 0)]) {
          const count = places.length;
          const sums = new Float64Array(count * count).fill(1);
          await products.addTo(sums, { entry, axis, places }, other);
          sums.forEach((sum, k) => {
            const value = expected[places[Math.floor(k / count)] * units + places[k % count]];
            expect(Math.abs(sum - value)).toBeLessThan(30 * rounding);
          });
        }
      }
    }
    await products.dispose();
    expect(backend.memory.bytes).toBe(0);
    backend.dispose();
  });
});
