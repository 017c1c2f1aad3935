import { createHash } from "node:crypto";
import { describe, expect, test } from "vitest";
import { type ImageSet, imageBytes } from "../../src/data/image-set.ts";
import { range } from "../../src/data/permutation.ts";
import { syntheticFacts } from "../../src/data/sets/synthetic/facts.ts";
import { drawSyntheticImages, syntheticLabels } from "../../src/data/sets/synthetic/pictures.ts";
import { type Examples, fitSoftmaxRegression, measureAccuracy } from "./softmax-regression.ts";

const train = drawSyntheticImages("train", range(1000), 0);
const held = drawSyntheticImages("test", range(1000), 0);

/** Pixels in ±1; with `sorted`, each channel's values in ascending order: a picture's colours without their places. */
function featuresOf(set: ImageSet, sorted: boolean): Examples {
  const plane = set.height * set.width;
  const features = Float32Array.from(set.pixels, (byte) => byte / 127.5 - 1);
  if (sorted)
    for (let start = 0; start < features.length; start += plane) features.subarray(start, start + plane).sort();
  return { features, labels: set.labels };
}

describe("what cannot learn the synthetic set", () => {
  test("softmax regression on pixels fits 1,000 pictures and fails on others", () => {
    const model = fitSoftmaxRegression(featuresOf(train, false), 10, { epochs: 12, rate: 0.002 });
    expect(measureAccuracy(model, featuresOf(train, false))).toBeGreaterThan(0.7);
    expect(measureAccuracy(model, featuresOf(held, false))).toBeLessThan(0.35);
  });

  test("a picture's colours carry next to nothing about its class", () => {
    const model = fitSoftmaxRegression(featuresOf(train, true), 10, { epochs: 12, rate: 0.002 });
    expect(measureAccuracy(model, featuresOf(held, true))).toBeLessThan(0.17);
  });
});

describe("the drawing", () => {
  test("is the same on every platform, bit for bit", () => {
    const digest = createHash("sha256").update(train.pixels).update(train.labels).digest("hex");
    expect(digest).toBe("16175032871793a337101827af4bf9a8e872a56afd39a637332f240534b5a64f");
  });

  test("of a picture depends on split, index and seed alone", () => {
    const size = imageBytes(train);
    const alone = drawSyntheticImages("train", Int32Array.of(733, 12), 0);
    expect(alone.pixels.subarray(0, size)).toEqual(train.pixels.subarray(733 * size, 734 * size));
    expect(alone.labels).toEqual(Uint8Array.of(train.labels[733], train.labels[12]));
    expect(drawSyntheticImages("train", Int32Array.of(733), 1).pixels).not.toEqual(alone.pixels.subarray(0, size));
    expect(held.pixels.subarray(0, size)).not.toEqual(train.pixels.subarray(0, size));
  });

  test("refuses an index outside the split", () =>
    expect(() => drawSyntheticImages("test", Int32Array.of(syntheticFacts.counts.test), 0)).toThrow(RangeError));

  test("has ten named classes, each once in every ten pictures", () => {
    expect(syntheticFacts.classNames).toHaveLength(10);
    const labels = syntheticLabels("train", 3);
    for (let start = 0; start < labels.length; start += 10)
      expect([...labels.subarray(start, start + 10)].sort()).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  });
});
