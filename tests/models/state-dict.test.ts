import { readFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import { createModel } from "../../src/architectures/networks.ts";
import type { ModelSpec } from "../../src/architectures/specs.ts";
import { createReferenceBackend } from "../../src/backends/reference/backend.ts";
import type { ImageSet } from "../../src/data/image-set.ts";
import { cifar10Facts } from "../../src/data/sets/cifar10/facts.ts";
import { uploadImages } from "../../src/execution/device-images.ts";
import { uploadWeights } from "../../src/execution/device-weights.ts";
import { Evaluator } from "../../src/execution/evaluator.ts";
import { evenMicroBatches } from "../../src/execution/micro-batches.ts";
import { WorkWindow } from "../../src/execution/work-window.ts";
import { readSafetensors } from "../../src/experiment/safetensors/read-safetensors.ts";
import { crossEntropy } from "../../src/models/losses/cross-entropy.ts";
import {
  fromStateDict,
  type NamedTensor,
  packTensors,
  StateDictError,
  toStateDict,
  unpackTensors,
} from "../../src/models/state-dict.ts";
import { type FlatWeights, tensorOf } from "../../src/models/weights.ts";
import torchLoss from "../fixtures/vgg11-bn-sixteenth.json" with { type: "json" };
import { hashedImages } from "./fixture.ts";
import { sameBits } from "./same-bits.ts";

const image = { height: 32, width: 32, channels: 3 };
const vgg: ModelSpec = { name: "vgg", depth: 11, width: 1 / 8, batchNorm: true, classes: 10 };

/** Weights that name their place: consecutive numbers, zero in the gaps. */
function numbered(spec: ModelSpec) {
  const model = createModel(spec, image);
  const [theta, state] = [model.layout, model.stateLayout].map((layout) => {
    const flat = new Float32Array(layout.length);
    for (const entry of layout.entries)
      tensorOf(flat, entry).set(Float32Array.from({ length: entry.length }, (_, k) => entry.offset + k + 1));
    return flat;
  });
  return { model, weights: { theta, state } };
}

const expectSame = (found: FlatWeights, wanted: FlatWeights) =>
  expect([sameBits(found.theta, wanted.theta), sameBits(found.state, wanted.state)]).toEqual([true, true]);

const byName = (tensors: readonly NamedTensor[]): Readonly<Record<string, NamedTensor>> =>
  Object.fromEntries(tensors.map((tensor) => [tensor.name, tensor]));

describe("state dicts", () => {
  it("keep a convolution as [out, in, h, w] and a dense layer as [out, in]", () => {
    const { model, weights } = numbered(vgg);
    const tensors = byName(toStateDict(model, weights));
    const native = tensorOf(weights.theta, model.layout.entries[0]);
    const [outputs, inputs] = [8, 3];
    const at = (o: number, i: number, y: number, x: number) => ((o * inputs + i) * 3 + y) * 3 + x;
    const nativeAt = (o: number, i: number, y: number, x: number) => ((y * 3 + x) * inputs + i) * outputs + o;
    expect(tensors["features.0.weight"].data[at(5, 2, 0, 1)]).toBe(native[nativeAt(5, 2, 0, 1)]);
    const classifier = model.layout.entries.find(({ name }) => name === "classifier.weight")!;
    expect(tensors["classifier.weight"].shape).toEqual([10, 64]);
    expect(tensors["classifier.weight"].data[3 * 64 + 7]).toBe(tensorOf(weights.theta, classifier)[7 * 10 + 3]);
  });

  it("flatten images as PyTorch does, channels first", () => {
    const { model, weights } = numbered({ name: "mlp", hidden: [5], activation: "tanh", classes: 10 });
    const [tensor] = toStateDict(model, weights);
    expect(tensor.name).toBe("layers.0.weight");
    expect(tensor.shape).toEqual([5, 3072]);
    const [unit, y, x, channel] = [4, 20, 9, 2];
    const native = tensorOf(weights.theta, model.layout.entries[0])[((y * 32 + x) * 3 + channel) * 5 + unit];
    expect(tensor.data[unit * 3072 + (channel * 32 + y) * 32 + x]).toBe(native);
  });

  it.each<ModelSpec>([
    vgg,
    { ...vgg, batchNorm: false },
    { name: "mlp", hidden: [7, 6], activation: "relu", classes: 10 },
  ])("come back as they went: $name", (spec) => {
    const { model, weights } = numbered(spec);
    expectSame(fromStateDict(model, toStateDict(model, weights)), weights);
    expect(sameBits(packTensors(model, unpackTensors(model.layout, weights.theta)), weights.theta)).toBe(true);
  });

  it("may come from DataParallel and may hold BatchNorm's counters", () => {
    const { model, weights } = numbered(vgg);
    const counter = { name: "features.1.num_batches_tracked", shape: [], data: Float32Array.of(7) };
    const tensors = [...toStateDict(model, weights), counter];
    expectSame(fromStateDict(model, tensors), weights);
    expectSame(
      fromStateDict(
        model,
        tensors.map((tensor) => ({ ...tensor, name: `module.${tensor.name}` })),
      ),
      weights,
    );
  });

  it("are refused with every tensor that does not fit", () => {
    const { model, weights } = numbered(vgg);
    const wrong = [
      ...toStateDict(model, weights).filter(({ name }) => !["features.0.bias", "classifier.weight"].includes(name)),
      { name: "classifier.weight", shape: [100, 64], data: new Float32Array(6400) },
      { name: "shortcut.weight", shape: [1], data: new Float32Array(1) },
    ];
    expect(() => fromStateDict(model, wrong)).toThrow(StateDictError);
    expect(() => fromStateDict(model, wrong)).toThrow(
      "These are not the tensors of VGG11-BN, width ×0.125 (10 classes). missing: features.0.bias. " +
        "unknown: shortcut.weight. of another shape: classifier.weight is [100, 64], not [10, 64].",
    );
    expect(() => fromStateDict(createModel({ ...vgg, batchNorm: false }, image), toStateDict(model, weights))).toThrow(
      /missing: features\.3\.weight.*unknown: features\.1\.weight/,
    );
  });
});

describe("a checkpoint that PyTorch wrote", () => {
  it("loads, counters, DataParallel and all, and gives PyTorch's loss", async () => {
    const file = await readFile(new URL("../fixtures/vgg11-bn-sixteenth.safetensors", import.meta.url));
    const { tensors } = readSafetensors(file);
    const model = createModel({ ...vgg, width: 1 / 16 }, image);
    const weights = fromStateDict(model, tensors);
    const { batch: count, frozenLoss } = torchLoss;
    const { pixels, labels } = hashedImages(count);
    const backend = createReferenceBackend();
    const set: ImageSet = {
      pixels,
      labels: Uint8Array.from(labels),
      count,
      channels: 3,
      height: 32,
      width: 32,
      classNames: Array.from({ length: 10 }, (_, i) => String(i)),
    };
    const evaluator = await Evaluator.create(
      backend,
      model,
      uploadImages(backend, set, cifar10Facts.pixelNormalization, "test"),
      uploadWeights(backend, model, weights),
      { loss: crossEntropy, batchNorm: "frozen", microBatches: evenMicroBatches(count, 3) },
    );
    const { loss } = await evaluator.evaluate(new WorkWindow());
    expect(Math.abs(loss / frozenLoss - 1)).toBeLessThan(1e-12);
  });
});
