/** Initial weights of published code: the variance of convolutions, dense layers and biases under every scheme. */
import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";
import { describe, expect, it } from "vitest";
import { createModel } from "../../src/architectures/networks.ts";
import type { ModelSpec } from "../../src/architectures/specs.ts";
import { fans, type Initialization, initializeWeights } from "../../src/models/initializers.ts";
import { tensorOf } from "../../src/models/weights.ts";

const image = { height: 32, width: 32, channels: 3 };
const cnn: ModelSpec = { name: "cnn", channels: 64, activation: "relu", pooling: "max", classes: 40 };
const fixup: ModelSpec = { name: "fixup-resnet", depth: 20, width: 1, classes: 10 };

/** Each tensor's mean square and largest size, by name. */
function drawn(spec: ModelSpec, scheme: Initialization["scheme"]) {
  const model = createModel(spec, image);
  const { theta } = initializeWeights(model, { scheme }, (tensor) => xoroshiro128plus(1000 + tensor));
  return Object.fromEntries(
    model.layout.entries.map((entry) => {
      const values = tensorOf(theta, entry);
      const meanSquare = values.reduce((total, value) => total + value * value, 0) / values.length;
      const largest = values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
      return [entry.name, { meanSquare, largest, count: values.length, ...fans(entry.torchShape) }];
    }),
  );
}

/** Within five standard errors of a normal variable's variance, which is more than a uniform one's. */
function expectVariance(found: { meanSquare: number; count: number }, variance: number): void {
  expect(Math.abs(found.meanSquare / variance - 1)).toBeLessThan(5 * Math.sqrt(2 / found.count));
}

type Variance = (fanIn: number, fanOut: number) => number;
const uniform: Variance = (fanIn) => 1 / (3 * fanIn);
const heNormal: Variance = (fanIn) => 2 / fanIn;
const heNormalFanOut: Variance = (_, fanOut) => 2 / fanOut;

describe("initial weights of published code", () => {
  it.each<[Initialization["scheme"], Variance, Variance, boolean]>([
    ["he-normal-fan-out", heNormalFanOut, heNormalFanOut, false],
    ["pytorch", uniform, uniform, true],
    ["li", heNormal, () => 1e-6, false],
    ["pyhessian", heNormalFanOut, uniform, true],
    ["akamaster", heNormal, heNormal, true],
    ["wide-resnet-code", heNormalFanOut, uniform, false],
    ["fixup", uniform, uniform, false],
  ])("%s", (scheme, convolution, dense, hasBiases) => {
    const found = drawn(cnn, scheme);
    for (const [name, variance] of [["3", convolution] as const, ["7", dense] as const]) {
      const weight = found[`${name}.weight`];
      expectVariance(weight, variance(weight.fanIn, weight.fanOut));
      if (variance === uniform) expect(weight.largest).toBeLessThanOrEqual(1 / Math.sqrt(weight.fanIn));
      const bias = found[`${name}.bias`];
      if (hasBiases) expectVariance(bias, 1 / (3 * weight.fanIn));
      else expect(bias.largest).toBe(0);
    }
  });

  it("of Fixup scale the branches and leave their ends at zero", () => {
    const found = drawn(fixup, "fixup");
    const { conv1, conv2 } = { conv1: found["layer2.1.conv1.weight"], conv2: found["layer2.1.conv2.weight"] };
    expectVariance(conv1, 2 / (9 * conv1.fanOut));
    expectVariance(found["conv1.weight"], uniform(27, 0));
    expect([conv2, found["fc.weight"], found["fc.bias"], found.bias1].map(({ largest }) => largest)).toEqual([
      0, 0, 0, 0,
    ]);
    expect(found["layer2.1.scale"].meanSquare).toBe(1);
  });

  it("scale Fixup's branches under every other scheme as well", () => {
    for (const [scheme, variance] of [["he-normal", heNormal] as const, ["pytorch", uniform] as const]) {
      const { "layer1.0.conv1.weight": first, "layer1.0.conv2.weight": last } = drawn(fixup, scheme);
      expectVariance(first, variance(first.fanIn, first.fanOut) / 9);
      expect(last.largest).toBe(0);
    }
    expect(drawn(fixup, "orthogonal")["layer1.0.conv1.weight"].meanSquare).toBeCloseTo(1 / 144 / 9, 6);
  });
});
