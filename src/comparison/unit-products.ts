/** Inner products of the units of one model's tensors with those of another's, the large ones computed by the backend. */
import type { Backend, DeviceTensor } from "../backends/backend.ts";
import { createVector } from "../execution/device-weights.ts";
import { Executables } from "../execution/executables.ts";
import type { Layout, LayoutEntry } from "../models/layout.ts";
import { tensorOf } from "../models/weights.ts";
import { add, input, matmul, reshape, slice } from "../tensor/primitives/index.ts";
import { elementCount, type Program, type Value } from "../tensor/program.ts";
import type { UnitPlaces } from "./permutable-units.ts";

export class UnitProducts {
  readonly #layout: Layout;
  readonly #theta: Float32Array;
  readonly #resident: DeviceTensor;
  readonly #executables: Executables;

  /** Products of the units of `theta`, which lies as `layout` says. Throws OutOfMemoryError. */
  constructor(backend: Backend, layout: Layout, theta: Float32Array) {
    this.#layout = layout;
    this.#theta = theta;
    this.#resident = createVector(backend, layout, "units", theta);
    this.#executables = new Executables(backend);
  }

  /**
   * Adds to `sums` [n, n] at (i, j) the inner product of theta's slice at `places[i]` and that of `other`, a tensor of the
   * same shape, at `places[j]`. Rejects with the backend's error.
   */
  async addTo(sums: Float64Array, held: Omit<UnitPlaces, "vector">, other: Float32Array): Promise<void> {
    const { entry, places } = held;
    const count = places.length;
    if (entry.shape.length === 1) {
      const own = tensorOf(this.#theta, entry);
      for (let i = 0; i < count; i++) {
        for (let j = 0; j < count; j++) sums[i * count + j] += own[places[i]] * other[places[j]];
      }
      return;
    }
    const { products } = await this.#executables.run(
      `${entry.name} ${held.axis}`,
      () => [traceUnitProducts(this.#layout, entry, held.axis), { inputs: { theta: this.#resident } }],
      { other },
    );
    const units = entry.shape[held.axis];
    for (let i = 0; i < count; i++) {
      for (let j = 0; j < count; j++) sums[i * count + j] += products[places[i] * units + places[j]];
    }
  }

  async dispose(): Promise<void> {
    await this.#executables.dispose();
    this.#resident.dispose();
  }
}

/**
 * Inputs: theta [layout.length], other [entry.length]. Output: products [n, n], inner products of theta's slice i and other's
 * slice j along `axis` of the entry.
 */
function traceUnitProducts(layout: Layout, { offset, length, shape }: LayoutEntry, axis: number): Program {
  const inputs = {
    theta: input({ dtype: "float", shape: [layout.length] }),
    other: input({ dtype: "float", shape: [length] }),
  };
  const units = shape[axis];
  const after = elementCount(shape.slice(axis + 1));
  if (after === 1) {
    const rows = (flat: Value, start: number) => reshape(slice(flat, [start], [length]), [length / units, units]);
    return { inputs, outputs: { products: matmul(rows(inputs.theta, offset), rows(inputs.other, 0), true, false) } };
  }
  const block = units * after;
  const terms = Array.from({ length: length / block }, (_, k) => {
    const rows = (flat: Value, start: number) => reshape(slice(flat, [start + k * block], [block]), [units, after]);
    return matmul(rows(inputs.theta, offset), rows(inputs.other, 0), false, true);
  });
  return { inputs, outputs: { products: terms.reduce((sum, term) => add(sum, term)) } };
}
