import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";
import { describe, expect, it } from "vitest";
import { createModel } from "../../src/architectures/networks.ts";
import type { ModelSpec } from "../../src/architectures/specs.ts";
import { fans, type Initialization, initializeWeights } from "../../src/models/initializers.ts";
import { normalSource, portableLog } from "../../src/models/normal.ts";
import { fitsLayout, tensorOf } from "../../src/models/weights.ts";
import { sameBits } from "./same-bits.ts";

const image = { height: 32, width: 32, channels: 3 };
const vgg: ModelSpec = { name: "vgg", depth: 11, width: 1 / 4, batchNorm: true, classes: 10 };
const initialize = (spec: ModelSpec, initialization: Initialization, seed = 1) => {
  const model = createModel(spec, image);
  const weights = initializeWeights(model, initialization, (tensor) => xoroshiro128plus(seed * 1000 + tensor));
  return { model, ...weights };
};
const meanSquare = (values: Float32Array) => values.reduce((total, value) => total + value * value, 0) / values.length;

describe("portableLog", () => {
  it("agrees with Math.log to a few units in the last place", () => {
    const xs = Array.from({ length: 4000 }, (_, k) => (k + 1) / 4001);
    for (const x of [...xs, 1, 2 ** -53, 1 - 2 ** -53, 1e-300]) {
      const expected = Math.log(x);
      expect(Math.abs(portableLog(x) - expected)).toBeLessThanOrEqual(
        4e-16 * Math.max(Math.abs(expected), Number.MIN_VALUE),
      );
    }
  });
});

describe("normalSource", () => {
  it("has the moments of N(0, 1) and its bits do not change", () => {
    const draw = normalSource(xoroshiro128plus(7));
    const values = Float64Array.from({ length: 200_000 }, draw);
    const moment = (power: number) => values.reduce((total, value) => total + value ** power, 0) / values.length;
    // Five standard errors of the k-th moment's estimate.
    for (const [power, expected, variance] of [
      [1, 0, 1],
      [2, 1, 2],
      [3, 0, 15],
      [4, 3, 96],
    ]) {
      expect(Math.abs(moment(power) - expected)).toBeLessThan(5 * Math.sqrt(variance / values.length));
    }
    const again = normalSource(xoroshiro128plus(7));
    expect([again(), again(), again()]).toEqual([...values.subarray(0, 3)]);
  });
});

describe("initializeWeights", () => {
  it.each<[Initialization, (fanIn: number, fanOut: number) => number]>([
    [{ scheme: "gaussian", std: 0.03 }, () => 0.03 ** 2],
    [{ scheme: "he-normal" }, (fanIn) => 2 / fanIn],
    [{ scheme: "xavier-normal" }, (fanIn, fanOut) => 2 / (fanIn + fanOut)],
  ])("draws $scheme with its variance", (initialization, variance) => {
    const { model, theta } = initialize(vgg, initialization);
    for (const entry of model.layout.entries.filter(({ role }) => role === "weight")) {
      const { fanIn, fanOut } = fans(entry.torchShape);
      const ratio = meanSquare(tensorOf(theta, entry)) / variance(fanIn, fanOut);
      expect(Math.abs(ratio - 1), entry.name).toBeLessThan(5 * Math.sqrt(2 / entry.length));
    }
  });

  it("sets biases to 0, BatchNorm to the identity, gaps to 0", () => {
    const { model, theta, state } = initialize(vgg, { scheme: "he-normal" });
    const all = (role: string, value: number) =>
      model.layout.entries
        .filter((entry) => entry.role === role)
        .every((entry) => tensorOf(theta, entry).every((x) => x === value));
    expect([all("bias", 0), all("batchNormScale", 1), all("batchNormShift", 0)]).toEqual([true, true, true]);
    expect(fitsLayout(theta, model.layout)).toBe(true);
    const [mean, variance] = model.stateLayout.entries;
    expect(tensorOf(state, mean).every((x) => x === 0)).toBe(true);
    expect(tensorOf(state, variance).every((x) => x === 1)).toBe(true);
  });

  it("makes orthogonal maps, tall or wide", () => {
    const { model, theta } = initialize({ ...vgg, width: 1 / 8 }, { scheme: "orthogonal" });
    const weights = model.layout.entries.filter(({ role }) => role === "weight");
    for (const entry of weights) {
      const outputs = entry.torchShape[0];
      const { fanIn } = fans(entry.torchShape);
      const at = (input: number, output: number) => tensorOf(theta, entry)[input * outputs + output];
      const count = Math.min(outputs, fanIn);
      const inner = Math.max(outputs, fanIn);
      for (let i = 0; i < Math.min(count, 6); i++) {
        for (let j = 0; j <= i; j++) {
          let product = 0;
          for (let k = 0; k < inner; k++) product += outputs <= fanIn ? at(k, i) * at(k, j) : at(i, k) * at(j, k);
          expect(Math.abs(product - (i === j ? 1 : 0)), `${entry.name} ${i},${j}`).toBeLessThan(1e-6);
        }
      }
    }
    expect(weights.some((entry) => entry.torchShape[0] > fans(entry.torchShape).fanIn)).toBe(false);
    const wide = initialize(
      { name: "mlp", hidden: [8, 20], activation: "tanh", classes: 10 },
      { scheme: "orthogonal" },
    );
    const tall = wide.model.layout.entries[2];
    const rows = Array.from({ length: 8 }, (_, i) => tensorOf(wide.theta, tall).subarray(i * 20, (i + 1) * 20));
    const gram = rows.map((a) => rows.map((b) => a.reduce((total, value, k) => total + value * b[k], 0)));
    gram.forEach((row, i) => {
      row.forEach((value, j) => {
        expect(value).toBeCloseTo(i === j ? 1 : 0, 6);
      });
    });
  });

  it("gives other weights for another seed, and the same for the same", () => {
    const [a, b, c] = [1, 1, 2].map((seed) => initialize(vgg, { scheme: "he-normal" }, seed).theta);
    expect([sameBits(a, b), sameBits(a, c)]).toEqual([true, false]);
  });
});
