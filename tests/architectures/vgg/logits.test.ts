/** VGG of every depth against the common PyTorch version: its counts, and its logits in float64. */
import { describe, expect, it } from "vitest";
import { createModel } from "../../../src/architectures/networks.ts";
import { createReferenceBackend } from "../../../src/backends/reference/backend.ts";
import { cifar10Facts } from "../../../src/data/sets/cifar10/facts.ts";
import { traceBatch } from "../../../src/execution/programs/batch.ts";
import { traceWeights } from "../../../src/execution/programs/weights.ts";
import { relativeError } from "../../backends/dense.ts";
import figures from "../../fixtures/vgg-logits.json" with { type: "json" };
import { hashedImages, hashedWeights } from "../../models/fixture.ts";

const image = { height: 32, width: 32, channels: 3 };
const count = 2;

describe("VGG", () => {
  it.each([
    [11, 9_231_114, 34, 5_504],
    [13, 9_416_010, 42, 5_888],
    [16, 14_728_266, 54, 8_448],
    [19, 20_040_522, 66, 11_008],
  ] as const)("%i has PyTorch's parameters and running statistics", (depth, parameters, tensors, statistics) => {
    const { layout, stateLayout } = createModel({ name: "vgg", depth, width: 1, batchNorm: true, classes: 10 }, image);
    expect([layout.count, layout.entries.length, stateLayout.count]).toEqual([parameters, tensors, statistics]);
  });

  it.each([11, 13, 16, 19] as const)("%i of an eighth of the width has PyTorch's logits", async (depth) => {
    const model = createModel({ name: "vgg", depth, width: 1 / 8, batchNorm: true, classes: 10 }, image);
    const weights = traceWeights(model);
    const batch = traceBatch(model, { count, pixelNormalization: cifar10Facts.pixelNormalization }, count);
    const { logits } = model.apply(weights.parameters, weights.state, batch.images, { kind: "frozen" });
    const program = { inputs: { ...weights.inputs, ...batch.inputs }, outputs: { logits } };
    const executable = await createReferenceBackend().compile(program);
    const { names, logits: wanted } = figures[depth];
    const [found] = await executable.run([
      {
        ...hashedWeights(model, names),
        ...hashedImages(count),
        indices: Int32Array.of(0, 1),
        draws: new Int32Array(3 * count),
      },
    ]);
    expect(relativeError(found.logits, wanted)).toBeLessThan(1e-9);
  });
});
