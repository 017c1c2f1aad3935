/** Exchanged units of ResNet-14: what it computes stays, and matching finds them again. */
import { describe, expect, it } from "vitest";
import { createModel } from "../../../src/architectures/networks.ts";
import { createReferenceBackend } from "../../../src/backends/reference/backend.ts";
import { matchWeights } from "../../../src/comparison/match-weights.ts";
import { distance } from "../../../src/comparison/parameter-distances.ts";
import { permutableUnits } from "../../../src/comparison/permutable-units.ts";
import { permuteWeights } from "../../../src/comparison/permute-weights.ts";
import { range } from "../../../src/data/permutation.ts";
import { largestDifference, logitsOf } from "../../comparison/logits.ts";
import { drawPermutations, drawWeights, inverse } from "../../comparison/nets.ts";

const cases = (["projection", "zero-pad", "none"] as const).flatMap((shortcut) =>
  [true, false].map((batchNorm) => ({ shortcut, batchNorm })),
);
const image = { height: 6, width: 7, channels: 3 };
const modelOf = (shortcut: "projection" | "zero-pad" | "none", batchNorm: boolean) =>
  createModel({ name: "resnet-cifar", depth: 14, shortcut, batchNorm, width: 0.5, classes: 10 }, image);

describe.each(cases)("shortcut $shortcut, BatchNorm $batchNorm", ({ shortcut, batchNorm }) => {
  const model = modelOf(shortcut, batchNorm);
  const weights = drawWeights(model, 1);
  const permutations = drawPermutations(model, 2);

  it("has the same logits with the units of any one group exchanged", async () => {
    const wanted = await logitsOf(model, weights);
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

describe("the units of ResNet", () => {
  const sizes = (shortcut: "projection" | "zero-pad" | "none") =>
    permutableUnits(modelOf(shortcut, true)).map(({ name, size }) => `${size} ${name}`);
  const inner = ["1.0", "1.1", "2.0", "2.1", "3.0", "3.1"].map((block) => `layer${block}.conv1`);

  it("are one group a stage with projections, and one a block inside", () => {
    const streams = ["8 conv1", "16 layer2.0.conv2", "32 layer3.0.conv2"];
    const groups = sizes("projection");
    expect(groups.filter((group) => !inner.some((name) => group.endsWith(name)))).toEqual(streams);
    expect(groups).toHaveLength(streams.length + inner.length);
  });

  it("run on through zero-padded shortcuts: a wider stage adds units of its own beside them", () => {
    const streams = sizes("zero-pad").filter((group) => !/layer.*conv1/.test(group));
    expect(streams).toEqual(["8 conv1", "8 layer2.0.conv2", "16 layer3.0.conv2"]);
  });

  it("are each convolution's own without shortcuts", () => {
    expect(sizes("none")).toHaveLength(1 + 2 * inner.length);
  });
});
