import { describe, expect, it } from "vitest";
import { createModel } from "../../src/architectures/networks.ts";
import { DirectionDraws, type PlaneRequest, prepareDirections } from "../../src/landscape/directions.ts";
import { normalizeDirection } from "../../src/landscape/normalize-direction.ts";
import { drawDirection } from "../../src/landscape/random-direction.ts";
import { cosine, dot, norm, orthogonalize } from "../../src/landscape/vectors.ts";
import type { LayoutEntry } from "../../src/models/layout.ts";
import { fitsLayout, tensorOf } from "../../src/models/weights.ts";
import { drawInitialWeights } from "../../src/training/initial-weights.ts";
import { sameBits } from "../models/same-bits.ts";

const model = createModel(
  { name: "vgg", depth: 11, width: 1 / 16, batchNorm: true, classes: 10 },
  { height: 32, width: 32, channels: 3 },
);
const { layout } = model;
const { theta } = drawInitialWeights(model, { scheme: "gaussian", std: 0.1, seed: 9 });
for (const entry of layout.entries)
  if (entry.role !== "weight") tensorOf(theta, entry).set(Float32Array.from({ length: entry.length }, (_, k) => k / 8));
const raw = drawDirection(layout, 1);

/** Numbers of output unit j: filter j of a convolution, row j of a PyTorch dense layer. */
function filterNorm(vector: Float32Array, entry: LayoutEntry, filter: number): number {
  const filters = entry.torchShape[0];
  return norm(tensorOf(vector, entry).filter((_, k) => k % filters === filter));
}
const weights = layout.entries.filter(({ role }) => role === "weight");
const others = layout.entries.filter(({ role }) => role !== "weight");

describe("drawDirection", () => {
  it("is N(0, 1) in every parameter, zero in the gaps, and fixed by its seed", () => {
    const square = dot(raw, raw) / layout.count;
    expect(Math.abs(square - 1)).toBeLessThan(5 * Math.sqrt(2 / layout.count));
    expect(fitsLayout(raw, layout)).toBe(true);
    expect(sameBits(raw, drawDirection(layout, 1))).toBe(true);
    // E|cos| of two independent draws is √(2/πP).
    expect(Math.abs(cosine(raw, drawDirection(layout, 2)))).toBeLessThan(5 / Math.sqrt(layout.count));
  });
});

describe("normalizeDirection", () => {
  it("filter: gives every filter the norm of the weights' filter and keeps its direction", () => {
    const direction = normalizeDirection(layout, theta, raw, { normalization: "filter", biases: "ignore" });
    for (const entry of weights) {
      for (const filter of [0, entry.torchShape[0] - 1]) {
        expect(filterNorm(direction, entry, filter) / filterNorm(theta, entry, filter)).toBeCloseTo(1, 6);
      }
      const filters = entry.torchShape[0];
      const first = (vector: Float32Array) => tensorOf(vector, entry).filter((_, k) => k % filters === 0);
      expect(cosine(first(direction), first(raw))).toBeCloseTo(1, 6);
    }
    for (const entry of others) expect(norm(tensorOf(direction, entry))).toBe(0);
  });

  it("filter with biases included: takes the weights' own vectors there", () => {
    const direction = normalizeDirection(layout, theta, raw, { normalization: "filter", biases: "include" });
    for (const entry of others) expect(tensorOf(direction, entry)).toEqual(tensorOf(theta, entry));
  });

  it("layer: gives every tensor the norm of the weights' tensor", () => {
    const direction = normalizeDirection(layout, theta, raw, { normalization: "layer", biases: "include" });
    for (const entry of layout.entries) {
      const wanted = norm(tensorOf(theta, entry));
      expect(Math.abs(norm(tensorOf(direction, entry)) - wanted)).toBeLessThan(1e-6 * wanted);
    }
  });

  it("weight: multiplies by the absolute weights", () => {
    const direction = normalizeDirection(layout, theta, raw, { normalization: "weight", biases: "include" });
    expect(
      sameBits(
        direction,
        raw.map((value, k) => value * Math.abs(theta[k])),
      ),
    ).toBe(true);
  });

  it("model: gives the whole the weights' norm; none: leaves it", () => {
    const whole = normalizeDirection(layout, theta, raw, { normalization: "model", biases: "ignore" });
    expect(norm(whole) / norm(theta)).toBeCloseTo(1, 6);
    expect(cosine(tensorOf(whole, weights[3]), tensorOf(raw, weights[3]))).toBeCloseTo(1, 6);
    expect(sameBits(normalizeDirection(layout, theta, raw, { normalization: "none", biases: "include" }), raw)).toBe(
      true,
    );
  });

  it("leaves a filter of zeros alone instead of dividing by zero", () => {
    const zeros = normalizeDirection(layout, theta, new Float32Array(layout.length), {
      normalization: "filter",
      biases: "ignore",
    });
    expect(zeros.every((value) => value === 0)).toBe(true);
  });
});

describe("prepareDirections", () => {
  const request: PlaneRequest = {
    x: { kind: "random", seed: 1 },
    y: { kind: "random", seed: 2 },
    normalization: "filter",
    biases: "ignore",
    orthogonalize: true,
  };

  it("takes from y its part along x, dividing by the square of x's norm", () => {
    const { u, v, cosine: between } = prepareDirections(model, theta, request, new DirectionDraws());
    expect(norm(u)).toBeGreaterThan(2);
    expect(Math.abs(between ?? 1)).toBeLessThan(1e-7);
    const parallel = orthogonalize(u, u);
    expect(norm(parallel)).toBeLessThan(1e-6 * norm(u));
    expect(v).not.toBeNull();
  });

  it("leaves them as drawn when told to", () => {
    const { cosine: between } = prepareDirections(
      model,
      theta,
      { ...request, orthogonalize: false },
      new DirectionDraws(),
    );
    expect(Math.abs(between ?? 0)).toBeGreaterThan(1e-5);
  });

  it("uses the same draw again under another normalisation", () => {
    const draws = new DirectionDraws();
    expect(draws.of(model, request.x)).toBe(draws.of(model, { kind: "random", seed: 1 }));
  });

  it("refuses a vector of another model, and one that is not finite", () => {
    const plane = (vector: Float32Array) =>
      prepareDirections(
        model,
        theta,
        { ...request, x: { kind: "vector", vector, label: "top.safetensors" } },
        new DirectionDraws(),
      );
    expect(() => plane(new Float32Array(12))).toThrow("The direction top.safetensors has 12 numbers");
    const broken = raw.slice();
    broken[7] = Number.NaN;
    expect(() => plane(broken)).toThrow("The direction top.safetensors holds NaN at place 7");
  });
});
