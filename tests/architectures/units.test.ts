/** Networks with their hidden units exchanged: what they compute stays, and matching finds the units again. */
import { describe, expect, it } from "vitest";
import { createModel } from "../../src/architectures/networks.ts";
import { type ModelSpec, modelTitle } from "../../src/architectures/specs.ts";
import { createReferenceBackend } from "../../src/backends/reference/backend.ts";
import { matchWeights } from "../../src/comparison/match-weights.ts";
import { distance } from "../../src/comparison/parameter-distances.ts";
import { permuteWeights } from "../../src/comparison/permute-weights.ts";
import { range } from "../../src/data/permutation.ts";
import { largestDifference, logitsOf } from "../comparison/logits.ts";
import { drawPermutations, drawWeights, inverse } from "../comparison/nets.ts";

const small = { height: 4, width: 5, channels: 3 };
const models: readonly ModelSpec[] = [
  { name: "vgg", depth: 9, width: 0.125, batchNorm: true, classes: 10 },
  { name: "resnet", depth: 18, shortcut: "projection", width: 0.125, batchNorm: true, classes: 10 },
  { name: "wide-resnet", depth: 10, width: 0.5, classes: 10 },
  { name: "densenet", growth: 4, blocks: [2, 3], classes: 10 },
  { name: "fixup-resnet", depth: 8, width: 0.5, classes: 10 },
  { name: "lenet", activation: "tanh", pooling: "max", classes: 10 },
  { name: "cnn", channels: 8, activation: "relu", pooling: "average", classes: 10 },
];

describe.each(models.map((spec) => [modelTitle(spec), spec] as const))("%s", (_, spec) => {
  const model = createModel(spec, spec.name === "vgg" ? { ...small, height: 32, width: 32 } : small);
  const weights = drawWeights(model, 1);
  const permutations = drawPermutations(model, 2);

  it("has the same logits with the units of any one group exchanged", async () => {
    const wanted = await logitsOf(model, weights);
    expect(permutations.length).toBeGreaterThan(0);
    for (const group of range(permutations.length)) {
      const alone = permutations.map((permutation, k) => (k === group ? permutation : range(permutation.length)));
      const permuted = permuteWeights(model, weights, alone);
      expect(distance(weights.theta, permuted.theta)).toBeGreaterThan(0.1);
      expect(largestDifference(wanted, await logitsOf(model, permuted))).toBeLessThan(1e-10);
    }
  });

  it("is found again, to the bit, when all are exchanged", async () => {
    const permuted = permuteWeights(model, weights, permutations);
    const found = await matchWeights(createReferenceBackend(), model, weights, permuted, { seed: 3 });
    expect(found.permutations).toEqual(permutations.map(inverse));
    expect(found.weights).toEqual(weights);
  });
});
