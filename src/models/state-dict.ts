/**
 * Weights as a PyTorch state dict: named tensors in PyTorch's layouts, [out, in, h, w] and [out, in]. Bytes of files are
 * none of its business.
 */
import { modelTitle } from "../architectures/specs.ts";
import { elementCount, sameShape } from "../tensor/program.ts";
import type { Layout, LayoutEntry } from "./layout.ts";
import type { Model } from "./model.ts";
import { type FlatWeights, tensorOf } from "./weights.ts";

export interface NamedTensor<Data extends Float32Array | Float64Array = Float32Array> {
  readonly name: string;
  readonly shape: readonly number[];
  readonly data: Data;
}

/** A state dict that is not this model's. `message` lists every tensor that is missing, unknown or of another shape. */
export class StateDictError extends Error {
  override readonly name = "StateDictError";
}

/** For every element of the PyTorch tensor in turn, its place in the native one. */
export function torchOrder({ shape, torchAxes }: Pick<LayoutEntry, "shape" | "torchAxes">): Int32Array {
  const strides = shape.map((_, axis) => elementCount(shape.slice(axis + 1)));
  const sizes = torchAxes.map((axis) => shape[axis]);
  const steps = torchAxes.map((axis) => strides[axis]);
  const order = new Int32Array(elementCount(shape));
  const position = sizes.map(() => 0);
  let place = 0;
  for (let k = 0; k < order.length; k++) {
    order[k] = place;
    for (let axis = sizes.length - 1; axis >= 0; axis--) {
      position[axis]++;
      place += steps[axis];
      if (position[axis] < sizes[axis]) break;
      place -= steps[axis] * sizes[axis];
      position[axis] = 0;
    }
  }
  return order;
}

/** A flat vector of `layout` (weights, a gradient, a direction, a moment) as named tensors. */
export const unpackTensors = <Flat extends Float32Array | Float64Array>(
  layout: Layout,
  flat: Flat,
): NamedTensor<Flat>[] =>
  layout.entries.map((entry) => {
    const native = tensorOf(flat, entry);
    const data = native.slice() as Flat;
    torchOrder(entry).forEach((place, k) => {
      data[k] = native[place];
    });
    return { name: entry.name, shape: entry.torchShape, data };
  });

/** The state dict of `weights`, without BatchNorm's batch counters: PyTorch takes a missing one for 0 and needs none here. */
export const toStateDict = (model: Model, { theta, state }: FlatWeights): NamedTensor[] => [
  ...unpackTensors(model.layout, theta),
  ...unpackTensors(model.stateLayout, state),
];

const counterNames = ({ stateLayout }: Model): string[] =>
  stateLayout.entries
    .filter(({ role }) => role === "runningMean")
    .map(({ name }) => name.replace(/running_mean$/, "num_batches_tracked"));

/**
 * The weights in a state dict; BatchNorm's counters may be absent, and every name may begin with the `module.` of
 * DataParallel. Throws StateDictError.
 */
export function fromStateDict(model: Model, tensors: readonly NamedTensor[]): FlatWeights {
  const found = stripDataParallel(tensors);
  const layouts = [model.layout, model.stateLayout];
  refuseMisfits(found, layouts, new Set(counterNames(model)), describeModel(model));
  const [theta, state] = layouts.map((layout) => fill(layout, found));
  return { theta, state };
}

/** A flat vector of the parameters' layout from named tensors, all of them and no others. Throws StateDictError. */
export function packTensors(model: Model, tensors: readonly NamedTensor[]): Float32Array {
  const found = stripDataParallel(tensors);
  const statistics = new Set([...counterNames(model), ...model.stateLayout.entries.map(({ name }) => name)]);
  refuseMisfits(found, [model.layout], statistics, describeModel(model));
  return fill(model.layout, found);
}

function fill(layout: Layout, tensors: ReadonlyMap<string, NamedTensor>): Float32Array {
  const flat = new Float32Array(layout.length);
  for (const entry of layout.entries) {
    const native = tensorOf(flat, entry);
    const data = tensors.get(entry.name)?.data ?? [];
    torchOrder(entry).forEach((place, k) => {
      native[place] = data[k];
    });
  }
  return flat;
}

function stripDataParallel(tensors: readonly NamedTensor[]): Map<string, NamedTensor> {
  const prefix = "module.";
  const isParallel = tensors.length > 0 && tensors.every(({ name }) => name.startsWith(prefix));
  return new Map(tensors.map((tensor) => [isParallel ? tensor.name.slice(prefix.length) : tensor.name, tensor]));
}

function refuseMisfits(
  found: ReadonlyMap<string, NamedTensor>,
  layouts: readonly Layout[],
  optional: ReadonlySet<string>,
  model: string,
): void {
  const entries = new Map(layouts.flatMap((layout) => layout.entries).map((entry) => [entry.name, entry]));
  const missing = [...entries.keys()].filter((name) => !found.has(name));
  const unknown = [...found.keys()].filter((name) => !entries.has(name) && !optional.has(name));
  const misshapen = [...entries.values()].flatMap((entry) => {
    const tensor = found.get(entry.name);
    if (!tensor || sameShape(tensor.shape, entry.torchShape)) return [];
    return [`${entry.name} is [${tensor.shape.join(", ")}], not [${entry.torchShape.join(", ")}]`];
  });
  const problems = [
    missing.length > 0 && `missing: ${missing.join(", ")}`,
    unknown.length > 0 && `unknown: ${unknown.join(", ")}`,
    misshapen.length > 0 && `of another shape: ${misshapen.join("; ")}`,
  ].filter((problem) => problem !== false);
  if (problems.length > 0) throw new StateDictError(`These are not the tensors of ${model}. ${problems.join(". ")}.`);
}

/** A model in words, for messages: "VGG11-BN, width ×0.25 (10 classes)". */
export const describeModel = ({ spec }: Pick<Model, "spec">): string => `${modelTitle(spec)} (${spec.classes} classes)`;
