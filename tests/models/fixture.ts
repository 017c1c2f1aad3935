/** The hashed weights, images and labels of tests/fixtures/make_model_fixtures.py, and the figures PyTorch gave for them. */
import type { Layout } from "../../src/models/layout.ts";
import type { Model } from "../../src/models/model.ts";
import { torchOrder, unpackTensors } from "../../src/models/state-dict.ts";
import { tensorOf } from "../../src/models/weights.ts";
import figures from "../fixtures/model-figures.json" with { type: "json" };
import { norm } from "../tensor/vectors.ts";

export { figures };
export type FigureCase = Exclude<keyof typeof figures, "torch">;

/** The same as `hashed` in the script. */
export function hashWords(count: number, seed: number): Uint32Array {
  const start = Number((BigInt(seed) * 0x85ebca77n) & 0xffffffffn);
  return Uint32Array.from({ length: count }, (_, k) => {
    let h = (Math.imul(k, 0x9e3779b1) + start) | 0;
    h = Math.imul(h ^ (h >>> 15), 0x2c1b3c6d);
    h = Math.imul(h ^ (h >>> 12), 0x297a2d39);
    return h ^ (h >>> 15);
  });
}

export const uniform = (count: number, seed: number): Float64Array =>
  Float64Array.from(hashWords(count, seed), (word) => word / 2 ** 31 - 1);

export function hashedImages(count: number): { pixels: Uint8Array; labels: Int32Array } {
  return {
    pixels: Uint8Array.from(hashWords(count * 3 * 32 * 32, 1001), (word) => word >>> 24),
    labels: Int32Array.from(hashWords(count, 1002), (word) => word % 10),
  };
}

/** Flat float64 weights and state, tensor i of PyTorch's state dict (counters aside) from seed i. */
export function hashedWeights(
  model: Model,
  torchNames: readonly string[],
): { theta: Float64Array; state: Float64Array } {
  const names = torchNames.filter((name) => !name.endsWith("num_batches_tracked"));
  const fill = (layout: Layout) => {
    const flat = new Float64Array(layout.length);
    for (const entry of layout.entries) {
      const values = uniform(entry.length, names.indexOf(entry.name));
      const fanIn = entry.torchShape.slice(1).reduce((product, size) => product * size, 1);
      const native = tensorOf(flat, entry);
      const isVector = entry.torchShape.length === 1;
      const centre = ["runningVariance", "batchNormScale", "scale"].includes(entry.role) ? 1 : 0;
      torchOrder(entry).forEach((place, k) => {
        native[place] = isVector ? centre + 0.1 * values[k] : values[k] * Math.sqrt(6 / fanIn);
      });
    }
    return flat;
  };
  return { theta: fill(model.layout), state: fill(model.stateLayout) };
}

/** Parameter i of PyTorch's list, the layout's unless given, in PyTorch's order of elements, from seed 3000 + i. */
export function hashedVector(
  { layout }: Pick<Model, "layout">,
  torchNames: readonly string[] = layout.entries.map(({ name }) => name),
): Float64Array {
  const flat = new Float64Array(layout.length);
  for (const entry of layout.entries) {
    const values = uniform(entry.length, 3000 + torchNames.indexOf(entry.name));
    const native = tensorOf(flat, entry);
    torchOrder(entry).forEach((place, k) => {
      native[place] = values[k];
    });
  }
  return flat;
}

export interface Summary {
  readonly norm: number;
  readonly probe: number;
  readonly first: readonly number[];
}

/** Largest difference of a tensor's summary from the stored one, relative to the tensor's norm. */
export function summaryError(data: ArrayLike<number>, expected: Summary): number {
  const values = Array.from(data);
  const probe = uniform(values.length, 777);
  const norm = Math.hypot(...values);
  const product = values.reduce((total, value, k) => total + value * probe[k], 0);
  const differences = [
    norm - expected.norm,
    product - expected.probe,
    ...expected.first.map((value, k) => values[k] - value),
  ];
  return Math.max(...differences.map(Math.abs)) / (expected.norm || 1);
}

/** The errors of all tensors of a flat vector together, relative to the norm of all that is stored. */
export function summariesError(layout: Layout, flat: Float64Array, wanted: Readonly<Record<string, Summary>>): number {
  const whole = norm(Object.values(wanted).map((summary) => summary.norm));
  const errors = unpackTensors(layout, flat).map(({ name, data }) => {
    const own = wanted[name].norm;
    return own < 1e-12 ? norm(data) : own * summaryError(data, wanted[name]);
  });
  return norm(errors) / whole;
}
