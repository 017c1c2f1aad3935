import { describe, expect, it } from "vitest";
import { permuteWeights } from "../../src/comparison/permute-weights.ts";
import { loadImages } from "../../src/data/load-images.ts";
import type { ComparedModel } from "../../src/experiment/comparison.ts";
import type { Spec } from "../../src/experiment/spec.ts";
import type { Weights } from "../../src/experiment/weights.ts";
import type { DistancesParams } from "../../src/jobs/comparison-jobs.ts";
import { modelOf, pixelNormalizationOf } from "../../src/jobs/problem.ts";
import { toStateDict } from "../../src/models/state-dict.ts";
import { drawInitialWeights } from "../../src/training/initial-weights.ts";
import { drawPermutations } from "../comparison/nets.ts";
import { collect, createTestRunner, smallSpec } from "./in-memory.ts";

const specOf = (seed: number, model?: object) =>
  smallSpec({ init: { scheme: "gaussian", std: 0.05, seed }, ...(model && { model }) });

/** Not at its initialisation: moved by a vector of its own. */
function modelFrom(label: string, spec: Spec): ComparedModel {
  const { theta, state } = drawInitialWeights(modelOf(spec), spec.init);
  const phase = label.charCodeAt(0);
  return {
    label,
    spec,
    weights: { theta: theta.map((value, k) => (value === 0 ? 0 : value + 0.01 * Math.sin(k + phase))), state },
  };
}

const params = (models: readonly ComparedModel[], changes: Partial<DistancesParams> = {}): DistancesParams => ({
  models,
  data: models[0].spec.data,
  subset: "test",
  matched: false,
  seed: 1,
  backend: "reference",
  ...changes,
});

/** Class probabilities of an MLP by plain loops over its state dict. */
async function probabilities(spec: Spec, weights: Weights): Promise<number[][]> {
  const set = await loadImages(spec.data, "test", { read: () => Promise.reject(new Error("synthetic")) });
  const { mean, std } = pixelNormalizationOf(spec);
  const tensors = new Map(toStateDict(modelOf(spec), weights).map((tensor) => [tensor.name, tensor]));
  const layer = (name: string, x: readonly number[]) => {
    const [weight, bias] = [tensors.get(`${name}.weight`)!, tensors.get(`${name}.bias`)!];
    const width = weight.shape[1];
    return Array.from(bias.data, (start, unit) =>
      x.reduce((sum, v, k) => sum + v * weight.data[unit * width + k], start),
    );
  };
  const { model } = spec;
  if (model.name !== "mlp") throw new Error("These are the loops of an MLP.");
  const activate = model.activation === "relu" ? (v: number) => Math.max(0, v) : Math.tanh;
  const last = 2 * model.hidden.length;
  const size = set.pixels.length / set.count;
  return Array.from({ length: set.count }, (_, i) => {
    const pixels = Array.from(set.pixels.subarray(i * size, (i + 1) * size), (byte, k) => {
      const channel = Math.floor(k / (size / 3));
      return (byte / 255 - mean[channel]) / std[channel];
    });
    const hidden = model.hidden.reduce((x, _, k) => layer(`layers.${2 * k}`, x).map(activate), pixels);
    const logits = layer(`layers.${last}`, hidden);
    const total = logits.reduce((sum, logit) => sum + Math.exp(logit), 0);
    return logits.map((logit) => Math.exp(logit) / total);
  });
}
const argmax = (values: readonly number[]) => values.indexOf(Math.max(...values));
const norm = (values: ArrayLike<number>) => Math.sqrt(Array.from(values).reduce((sum, value) => sum + value ** 2, 0));
const minus = (a: Float32Array, b: Float32Array) => Array.from(a, (value, k) => value - b[k]);

describe("the distances job", () => {
  it("agrees with plain loops over weights and predictions", async () => {
    const [a, b] = [modelFrom("a", specOf(1)), modelFrom("b", specOf(2))];
    const handle = createTestRunner().start("distances", params([a, b]));
    const events = await collect(handle);
    const found = await handle.result;
    expect(events.map(({ detail }) => detail)).toEqual(["predictions of a", "predictions of b"]);
    expect(found.distance[1]).toBeCloseTo(norm(minus(a.weights.theta, b.weights.theta)), 10);
    expect([found.distance[0], found.distance[2]]).toEqual([0, found.distance[1]]);
    const moves = [a, b].map(({ spec, weights }) =>
      minus(weights.theta, drawInitialWeights(modelOf(spec), spec.init).theta),
    );
    expect(found.fromInitialization[1]).toBeCloseTo(norm(moves[1]), 6);
    const inner = moves[0].reduce((sum, value, k) => sum + value * moves[1][k], 0);
    expect(found.cosine[1]).toBeCloseTo(inner / norm(moves[0]) / norm(moves[1]), 6);
    expect(found.norms[0]).toBeCloseTo(norm(a.weights.theta), 10);
    expect(found.matchedDistance).toBeNull();

    const [p, q] = [await probabilities(a.spec, a.weights), await probabilities(b.spec, b.weights)];
    const differing = p.filter((row, i) => argmax(row) !== argmax(q[i])).length / p.length;
    expect(differing).toBeGreaterThan(0);
    expect(found.disagreement[1]).toBe(differing);
    const divergences = p.map((row, i) => row.reduce((sum, value, k) => sum + value * Math.log(value / q[i][k]), 0));
    expect(found.divergence[1]).toBeCloseTo(divergences.reduce((sum, value) => sum + value, 0) / p.length, 8);
    expect(found.divergence[2]).not.toBe(found.divergence[1]);
    expect(found.report).toMatchObject({ examples: 20, subset: "test" });
  });

  it("brings a permuted copy back to distance 0 by matching, where nothing else tells them apart", async () => {
    const a = modelFrom("a", specOf(1));
    const model = modelOf(a.spec);
    const permuted = { ...a, label: "b", weights: permuteWeights(model, a.weights, drawPermutations(model, 4)) };
    const found = await createTestRunner().start("distances", params([a, permuted], { matched: true })).result;
    expect(found.distance[1]).toBeGreaterThan(1);
    expect(found.matchedDistance?.[1]).toBe(0);
    expect(found.disagreement[1]).toBe(0);
    expect(found.divergence[1]).toBeCloseTo(0, 12);
  });

  it("compares what can be compared of different shapes, and says why not the rest", async () => {
    const mlp = modelFrom("a", specOf(1));
    const wider = modelFrom("b", specOf(1, { name: "mlp", hidden: [5, 4], activation: "tanh" }));
    const fewer = modelFrom("c", specOf(1, { name: "mlp", hidden: [8], activation: "relu", classes: 12 }));
    const found = await createTestRunner().start("distances", params([mlp, wider, fewer], { matched: true })).result;
    expect(found.distance[1]).toBeNaN();
    const [p, q] = await Promise.all([mlp, wider].map(({ spec, weights }) => probabilities(spec, weights)));
    expect(found.disagreement[1]).toBe(p.filter((row, i) => argmax(row) !== argmax(q[i])).length / p.length);
    expect(found.disagreement[2]).toBeNaN();
    expect(found.matchedDistance?.[1]).toBeNaN();
    expect(found.incomparable.map(({ pair, what }) => [...pair, what])).toEqual([
      [0, 1, "weights"],
      [0, 2, "weights"],
      [0, 2, "predictions"],
      [1, 2, "weights"],
      [1, 2, "predictions"],
    ]);
    expect(found.incomparable[0].why).toMatch(/a is MLP 8, ReLU \(10 classes\), b is MLP 5–4, tanh/);
  });

  it("refuses a single model, and weights that are not of their specification", async () => {
    const runner = createTestRunner();
    const a = modelFrom("a", specOf(1));
    await expect(runner.start("distances", params([a])).result).rejects.toThrow(/at least two/);
    const foreign = { ...a, label: "b", spec: specOf(1, { name: "mlp", hidden: [9], activation: "relu" }) };
    await expect(runner.start("distances", params([a, foreign])).result).rejects.toThrow(/^b: These weights/);
  });
});
