import { describe, expect, it } from "vitest";
import { permuteWeights } from "../../src/comparison/permute-weights.ts";
import { modelOf } from "../../src/jobs/problem.ts";
import { drawInitialWeights } from "../../src/training/initial-weights.ts";
import { drawPermutations, inverse } from "../comparison/nets.ts";
import { collect, createTestRunner, smallSpec } from "./in-memory.ts";

const spec = smallSpec({ model: { name: "mlp", hidden: [8, 6], activation: "relu" } });
const model = modelOf(spec);
const from = drawInitialWeights(model, spec.init);

describe("the match job", () => {
  it("undoes a permutation and leaves another net nearer", async () => {
    const permutations = drawPermutations(model, 2);
    const handle = createTestRunner().start("match", {
      spec,
      from,
      to: permuteWeights(model, from, permutations),
      seed: 1,
      backend: "reference",
    });
    const events = await collect(handle);
    const found = await handle.result;
    expect(found.weights).toEqual(from);
    expect(found.permutations).toEqual([
      { layer: "layers.0", permutation: inverse(permutations[0]) },
      { layer: "layers.2", permutation: inverse(permutations[1]) },
    ]);
    expect(found.distanceBefore).toBeGreaterThan(0);
    expect(found.distanceAfter).toBe(0);
    expect(events[0]).toMatchObject({ kind: "layer", sweep: 1 });

    const other = drawInitialWeights(model, { ...spec.init, seed: 9 });
    const nearer = await createTestRunner().start("match", { spec, from, to: other, seed: 1, backend: "reference" })
      .result;
    expect(nearer.distanceAfter).toBeLessThan(nearer.distanceBefore);
    expect(nearer.distanceAfter).toBeGreaterThan(0);
  });

  it("refuses weights of another model", async () => {
    const to = { ...from, theta: from.theta.slice(4) };
    await expect(
      createTestRunner().start("match", { spec, from, to, seed: 1, backend: "reference" }).result,
    ).rejects.toThrow(/not those of MLP/);
  });
});
