import { describe, expect, it } from "vitest";
import { createModel, type ModelSpec } from "../../src/models/model.ts";
import {
  fromStateDict,
  type NamedTensor,
  packTensors,
  StateDictError,
  toStateDict,
  unpackTensors,
} from "../../src/models/state-dict.ts";
import { type FlatWeights, tensorOf } from "../../src/models/weights.ts";
import { sameBits } from "./same-bits.ts";

const image = { height: 32, width: 32, channels: 3 };
const vgg: ModelSpec = { name: "vgg11", width: 1 / 8, batchNorm: true, classes: 10 };

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

describe("state dicts", () => {
  it("keep a convolution as [out, in, h, w] and a dense layer as [out, in]", () => {
    const { model, weights } = numbered(vgg);
    const tensors = toStateDict(model, weights, 12);
    const native = tensorOf(weights.theta, model.layout.entries[0]);
    const [outputs, inputs] = [8, 3];
    const at = (o: number, i: number, y: number, x: number) => ((o * inputs + i) * 3 + y) * 3 + x;
    const nativeAt = (o: number, i: number, y: number, x: number) => ((y * 3 + x) * inputs + i) * outputs + o;
    expect(tensors["features.0.weight"].data[at(5, 2, 0, 1)]).toBe(native[nativeAt(5, 2, 0, 1)]);
    const classifier = model.layout.entries.find(({ name }) => name === "classifier.weight")!;
    expect(tensors["classifier.weight"].shape).toEqual([10, 64]);
    expect(tensors["classifier.weight"].data[3 * 64 + 7]).toBe(tensorOf(weights.theta, classifier)[7 * 10 + 3]);
    expect(tensors["features.1.num_batches_tracked"]).toEqual({ shape: [], data: BigInt64Array.of(12n) });
  });

  it("flatten images as PyTorch does, channels first", () => {
    const { model, weights } = numbered({ name: "mlp", hidden: [5], activation: "tanh", classes: 10 });
    const tensor = toStateDict(model, weights)["layers.0.weight"];
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

  it("may come from DataParallel and may lack BatchNorm's counters", () => {
    const { model, weights } = numbered(vgg);
    const tensors = Object.entries(toStateDict(model, weights))
      .filter(([name]) => !name.endsWith("num_batches_tracked"))
      .map(([name, tensor]) => [`module.${name}`, tensor]);
    expectSame(fromStateDict(model, Object.fromEntries(tensors)), weights);
  });

  it("are refused with every tensor that does not fit", () => {
    const { model, weights } = numbered(vgg);
    const { "features.0.bias": _, ...rest } = toStateDict(model, weights);
    const wrong: Record<string, NamedTensor> = {
      ...rest,
      "classifier.weight": { shape: [100, 64], data: new Float32Array(6400) },
      "shortcut.weight": { shape: [1], data: new Float32Array(1) },
    };
    expect(() => fromStateDict(model, wrong)).toThrow(StateDictError);
    expect(() => fromStateDict(model, wrong)).toThrow(
      "These are not the tensors of vgg11 (width 0.125, BatchNorm, 10 classes). missing: features.0.bias. " +
        "unknown: shortcut.weight. of another shape: classifier.weight is [100, 64], not [10, 64].",
    );
    expect(() => fromStateDict(createModel({ ...vgg, batchNorm: false }, image), toStateDict(model, weights))).toThrow(
      /missing: features\.3\.weight.*unknown: features\.1\.weight/,
    );
  });
});
