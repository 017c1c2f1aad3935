/** Batches from a resident data set, against their definitions by index. */
import { imageBatch, multiply, oneHot, sum, takeLabels } from "../../../src/tensor/primitives/index.ts";
import { at, tabulate } from "../dense.ts";
import type { Case } from "./case.ts";

const [count, channels, height, width] = [6, 3, 5, 7];
const pixels = tabulate(
  [count, channels, height, width],
  (n, c, y, x) => (n * 83 + c * 59 + y * 31 + x * 17) % 256,
  "byte",
);
const indices = tabulate([4], (i) => [5, 0, 3, 0][i], "int");
const shifts = [
  [0, 0, 0],
  [2, -1, 0],
  [-3, 2, 1],
  [1, 1, 1],
];
const draws = tabulate([4, 3], (i, j) => shifts[i][j], "int");
const mean = [0.25, 0.5, 0.4375];
const standardDeviation = [0.5, 0.25, 0.2];

function pixelAt(i: number, y: number, x: number, c: number): number {
  const [dy, dx, flip] = shifts[i];
  const row = y + dy;
  const column = (flip ? width - 1 - x : x) + dx;
  if (row < 0 || row >= height || column < 0 || column >= width) return 0;
  return (at(pixels, at(indices, i), c, row, column) / 255 - mean[c]) / standardDeviation[c];
}

const labels = tabulate([7], (i) => [3, 1, 4, 1, 5, 0, 2][i], "int");
const chosen = tabulate([5], (i) => [6, 0, 0, 4, 2][i], "int");

export const batchCases: readonly Case[] = [
  {
    title: "imageBatch crops, flips and normalises",
    inputs: { pixels, indices, draws },
    build: (inputs) => ({
      images: imageBatch(inputs.pixels, inputs.indices, inputs.draws, { mean, standardDeviation }),
    }),
    expected: { images: tabulate([4, height, width, channels], pixelAt) },
  },
  {
    title: "takeLabels and oneHot",
    inputs: { labels, chosen },
    build(inputs) {
      const taken = takeLabels(inputs.labels, inputs.chosen);
      return { taken, spread: multiply(oneHot(taken, 6), 2), counts: sum(oneHot(taken, 6), [0]) };
    },
    expected: {
      taken: tabulate([5], (i) => at(labels, at(chosen, i)), "int"),
      spread: tabulate([5, 6], (i, j) => (at(labels, at(chosen, i)) === j ? 2 : 0)),
      counts: tabulate([6], (j) => chosen.data.filter((i) => labels.data[i] === j).length),
    },
  },
];
