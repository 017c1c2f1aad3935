import { describe, expect, it } from "vitest";
import { createModel } from "../../src/architectures/networks.ts";
import { eigenvectorEnergy } from "../../src/curvature/eigenvector-energy.ts";
import { unpackTensors } from "../../src/models/state-dict.ts";

const image = { height: 32, width: 32, channels: 3 };
const vgg = createModel({ name: "vgg", depth: 11, width: 0.125, batchNorm: true, classes: 10 }, image);
const mlp = createModel({ name: "mlp", hidden: [5], activation: "tanh", classes: 3 }, image);

/** Zeros between tensors stay zero, as in every vector of a layout. */
function fill({ layout }: typeof vgg, value: (index: number) => number): Float32Array {
  const vector = new Float32Array(layout.length);
  for (const { offset, length } of layout.entries) for (let i = offset; i < offset + length; i++) vector[i] = value(i);
  return vector;
}

describe("the energy of an eigenvector", () => {
  it("sums to 1 over layers, over their tensors and over filters, whatever the vector's length", () => {
    const layers = eigenvectorEnergy(
      vgg.layout,
      fill(vgg, (i) => 3 * Math.sin(i * 0.7)),
    );
    const total = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0);
    expect(total(layers.map(({ energy }) => energy))).toBeCloseTo(1, 12);
    for (const { energy, tensors } of layers) {
      expect(total(tensors.map((tensor) => tensor.energy))).toBeCloseTo(energy, 12);
      for (const tensor of tensors) expect(total([...tensor.filters])).toBeCloseTo(tensor.energy, 12);
    }
    expect(layers[0].name).toBe("features.0");
    expect(layers.at(-1)?.name).toBe("classifier");
  });

  it("takes filters as PyTorch does: rows of the state dict's tensors", () => {
    const vector = fill(vgg, (i) => Math.cos(i * 1.3) + 0.2);
    const square = vector.reduce((sum, value) => sum + value * value, 0);
    const found = eigenvectorEnergy(vgg.layout, vector).flatMap(({ tensors }) => tensors);
    for (const { name, shape, data } of unpackTensors(vgg.layout, vector)) {
      const { filters } = found.find((tensor) => tensor.name === name)!;
      expect(filters).toHaveLength(shape[0]);
      const size = data.length / shape[0];
      filters.forEach((energy, filter) => {
        const row = data.subarray(filter * size, (filter + 1) * size);
        expect(energy).toBeCloseTo(row.reduce((sum, value) => sum + value * value, 0) / square, 10);
      });
    }
  });

  it("finds a direction that lies in one filter there alone", () => {
    const { offset, shape } = mlp.layout.entries[0];
    const vector = new Float32Array(mlp.layout.length);
    vector[offset + 2] = -4;
    vector[offset + shape[shape.length - 1] + 2] = 3;
    const [first, second] = eigenvectorEnergy(mlp.layout, vector);
    expect([...first.tensors[0].filters]).toEqual([0, 0, 1, 0, 0]);
    expect(second.energy).toBe(0);
  });

  it("refuses a vector of another model, and one without direction", () => {
    expect(() => eigenvectorEnergy(mlp.layout, new Float32Array(3))).toThrow(/3 numbers/);
    expect(() => eigenvectorEnergy(mlp.layout, new Float32Array(mlp.layout.length))).toThrow(/no direction/);
    expect(() => eigenvectorEnergy(mlp.layout, new Float32Array(mlp.layout.length).fill(Number.NaN))).toThrow(
      /not finite/,
    );
  });
});
