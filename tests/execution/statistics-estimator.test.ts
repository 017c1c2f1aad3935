import { describe, expect, it } from "vitest";
import { createModel } from "../../src/architectures/networks.ts";
import { createReferenceBackend } from "../../src/backends/reference/backend.ts";
import { gatherImages, type ImageSet } from "../../src/data/image-set.ts";
import { syntheticFacts } from "../../src/data/sets/synthetic/facts.ts";
import { drawSyntheticImages } from "../../src/data/sets/synthetic/pictures.ts";
import { uploadImages } from "../../src/execution/device-images.ts";
import { createVector } from "../../src/execution/device-weights.ts";
import { loaderMicroBatches } from "../../src/execution/micro-batches.ts";
import { StatisticsEstimator } from "../../src/execution/statistics-estimator.ts";
import { WorkWindow } from "../../src/execution/work-window.ts";
import { drawInitialWeights } from "../../src/training/initial-weights.ts";

const model = createModel(
  { name: "vgg", depth: 11, width: 1 / 16, batchNorm: true, classes: 10 },
  { height: 32, width: 32, channels: 3 },
);
const weights = drawInitialWeights(model, { scheme: "he-normal", seed: 1 });

/** The state after a pass over `set` in batches of 4, whatever it was before. */
async function estimate(set: ImageSet, before = 7): Promise<Float64Array> {
  const backend = createReferenceBackend();
  const theta = createVector(backend, model.layout, "theta", weights.theta);
  const state = createVector(
    backend,
    model.stateLayout,
    "state",
    new Float32Array(model.stateLayout.length).fill(before),
  );
  const images = uploadImages(backend, set, syntheticFacts.pixelNormalization, "training");
  const batches = loaderMicroBatches(set.count, 4);
  const estimator = await StatisticsEstimator.create(backend, model, images, { theta, state }, batches);
  await estimator.enqueue(new WorkWindow());
  return Float64Array.from(await backend.read(state));
}

describe("StatisticsEstimator", () => {
  it("ends at the mean over batches, weighted by their size, and forgets what was there", async () => {
    const set = drawSyntheticImages("train", Int32Array.of(0, 1, 2, 3, 4, 5), 0);
    const [whole, again, first, last] = await Promise.all([
      estimate(set),
      estimate(set, -3),
      estimate(gatherImages(set, Int32Array.of(0, 1, 2, 3))),
      estimate(gatherImages(set, Int32Array.of(4, 5))),
    ]);
    whole.forEach((value, k) => {
      expect(Math.abs(value - (4 * first[k] + 2 * last[k]) / 6)).toBeLessThan(1e-12 * Math.max(1, Math.abs(value)));
      expect(value).toBe(again[k]);
    });
  });
});
