import { expect, test } from "vitest";
import { range } from "../../src/data/permutation.ts";
import { syntheticFacts } from "../../src/data/sets/synthetic/facts.ts";
import { drawSyntheticImages } from "../../src/data/sets/synthetic/pictures.ts";

test("the synthetic set's constants are those of its pictures", () => {
  const { pixels, channels, height, width } = drawSyntheticImages("train", range(3000), 0);
  const { mean, std } = syntheticFacts.pixelNormalization;
  for (let channel = 0; channel < channels; channel++) {
    const values = pixels.filter((_, index) => Math.floor(index / (height * width)) % channels === channel);
    const average = values.reduce((sum, byte) => sum + byte, 0) / values.length;
    const variance = values.reduce((sum, byte) => sum + (byte - average) ** 2, 0) / values.length;
    expect(average / 255).toBeCloseTo(mean[channel], 1.7);
    expect(Math.sqrt(variance) / 255).toBeCloseTo(std[channel], 1.7);
  }
});
