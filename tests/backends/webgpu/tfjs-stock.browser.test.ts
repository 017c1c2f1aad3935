/** Stock tfjs does the same work as Basin in the page's benchmark: the same losses of the first steps. */
import { expect, it } from "vitest";
import { createModel } from "../../../src/architectures/networks.ts";
import { createReferenceBackend } from "../../../src/backends/reference/backend.ts";
import { createStockTraining } from "../../../src/backends/webgpu/tfjs-stock.ts";
import { syntheticFacts } from "../../../src/data/sets/synthetic/facts.ts";
import { drawSyntheticImages } from "../../../src/data/sets/synthetic/pictures.ts";
import { uploadImages } from "../../../src/execution/device-images.ts";
import { bindings, createVector, uploadWeights } from "../../../src/execution/device-weights.ts";
import { crossEntropy } from "../../../src/models/losses/cross-entropy.ts";
import { tensorOf } from "../../../src/models/weights.ts";
import { drawInitialWeights } from "../../../src/training/initial-weights.ts";
import { createSgd } from "../../../src/training/optimizers/sgd.ts";
import { momentName, traceTrainStep } from "../../../src/training/train-step.ts";

it("takes the steps of the reference", async () => {
  const count = 4;
  const model = createModel(
    { name: "vgg", depth: 11, width: 1 / 16, batchNorm: true, classes: 10 },
    { height: 32, width: 32, channels: 3 },
  );
  const set = drawSyntheticImages("train", Int32Array.of(0, 1, 2, 3), 0);
  const weights = drawInitialWeights(model, { scheme: "he-normal", seed: 1 });
  const { mean, std } = syntheticFacts.pixelNormalization;
  const stock = await createStockTraining({
    parameters: model.layout.entries.map((entry) => ({ shape: entry.shape, data: tensorOf(weights.theta, entry) })),
    blocks: [1, 1, 2, 2, 2],
    images: {
      shape: [count, 3, 32, 32],
      data: Float32Array.from(set.pixels, (byte, k) => {
        const channel = Math.floor(k / 1024) % 3;
        return (byte / 255 - mean[channel]) / std[channel];
      }),
    },
    labels: Int32Array.from(set.labels),
    classes: 10,
    learningRate: 0.01,
    momentum: 0.9,
  });
  const losses = [await stock.step(), await stock.step(), await stock.evaluate()];
  stock.dispose();

  const backend = createReferenceBackend();
  const images = uploadImages(backend, set, syntheticFacts.pixelNormalization, "images");
  const resident = uploadWeights(backend, model, weights);
  const bound = { ...bindings(resident), [momentName(0)]: createVector(backend, model.layout, "velocity") };
  const sgd = createSgd({ momentum: 0.9, nesterov: false, weightDecay: 0 });
  const executable = await backend.compile(traceTrainStep(model, crossEntropy, sgd, images, count), {
    inputs: { ...bound, pixels: images.pixels, labels: images.labels },
    outputs: bound,
  });
  const feed = {
    indices: Int32Array.of(0, 1, 2, 3),
    draws: new Int32Array(3 * count),
    learningRate: Float64Array.of(0.01),
  };
  const wanted = (await executable.run([feed, feed, feed])).map(({ loss }) => loss[0]);
  losses.forEach((loss, i) => {
    expect(Math.abs(loss / wanted[i] - 1), `loss ${i}`).toBeLessThan(1e-4);
  });
});
