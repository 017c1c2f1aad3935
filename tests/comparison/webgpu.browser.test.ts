/** Weight matching on WebGPU recovers a permutation to the last bit, of layers whose slices are aligned and of others. */
import { expect, test } from "vitest";
import { createWebgpuBackend } from "../../src/backends/webgpu/backend.ts";
import { matchWeights } from "../../src/comparison/match-weights.ts";
import { permuteWeights } from "../../src/comparison/permute-weights.ts";
import { drawPermutations, drawWeights, inverse, nets } from "./nets.ts";

test.each(["an MLP of three layers", "VGG11 with BatchNorm"])("%s", async (name) => {
  const backend = await createWebgpuBackend();
  const model = nets[name];
  const weights = drawWeights(model, 1);
  const permutations = drawPermutations(model, 2);
  const found = await matchWeights(backend, model, weights, permuteWeights(model, weights, permutations), {
    seed: 3,
  });
  expect(found.permutations).toEqual(permutations.map(inverse));
  expect(found.weights).toEqual(weights);
  backend.dispose();
});
