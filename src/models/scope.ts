/**
 * How a model function asks for its tensors. The function is run twice: once against a scope that records what it asks
 * for, which gives the layout, and then, for every program, against one that hands out traced views of flat vectors.
 */
import { input, type Operand } from "../tensor/primitives/index.ts";
import type { Shape, Value } from "../tensor/program.ts";
import type { TensorDeclaration } from "./layout.ts";
import { fixedUnit, type UnitAxis, UnitTags } from "./units.ts";

/**
 * What BatchNorm normalises by. `batch` takes the statistics of the batch, and moves the running ones by `momentum`
 * (1 replaces them): running ← (1 − momentum)·running + momentum·batch.
 */
export type BatchNormUse = { readonly kind: "frozen" } | { readonly kind: "batch"; readonly momentum: Operand };

export interface Scope {
  readonly batchNorm: BatchNormUse;
  /** Tags that tell whose units the channels of every value and the axes of every tensor are. */
  readonly units: UnitTags;
  /** The scope of a part; names asked for in it begin with `name` and a dot. */
  within(name: string): Scope;
  /** A trained tensor. */
  parameter(name: string, declaration: TensorDeclaration): Value;
  /** A running statistic [channels]. */
  state(name: string, declaration: TensorDeclaration): Value;
  /** Sets a running statistic's next value. */
  updateState(name: string, value: Value): void;
}

/** A model: logits [n, classes] of images [n, h, w, c]. */
export type ModelFunction = (scope: Scope, images: Value) => Value;

export type NamedDeclaration = TensorDeclaration & { readonly name: string };

/** What a model function says of itself when it runs. */
export interface Declarations {
  readonly parameters: readonly NamedDeclaration[];
  readonly state: readonly NamedDeclaration[];
  /** The units that a tensor's slices along its axes belong to, by the tensor's name. */
  readonly unitAxes: ReadonlyMap<string, readonly UnitAxis[]>;
}

/** What a scope does with a full name. */
interface Tensors {
  parameter(name: string, declaration: TensorDeclaration): Value;
  state(name: string, declaration: TensorDeclaration): Value;
  updateState(name: string, value: Value): void;
}

const createScope = (tensors: Tensors, batchNorm: BatchNormUse, units: UnitTags, prefix = ""): Scope => ({
  batchNorm,
  units,
  within: (name) => createScope(tensors, batchNorm, units, `${prefix}${name}.`),
  parameter: (name, declaration) => tensors.parameter(prefix + name, declaration),
  state: (name, declaration) => tensors.state(prefix + name, declaration),
  updateState: (name, value) => tensors.updateState(prefix + name, value),
});

/** The tensors that `model` asks for when given images of `imageShape` [h, w, c], in its order. */
export function recordDeclarations(model: ModelFunction, imageShape: Shape): Declarations {
  const parameters: NamedDeclaration[] = [];
  const state: NamedDeclaration[] = [];
  const tensors = new Map<string, Value>();
  const record = (list: NamedDeclaration[]) => (name: string, declaration: TensorDeclaration) => {
    list.push({ ...declaration, name });
    const tensor = input({ dtype: "float", shape: declaration.shape });
    tensors.set(name, tensor);
    return tensor;
  };
  const recorder: Tensors = { parameter: record(parameters), state: record(state), updateState: () => {} };
  const { units } = runIn(recorder, model, input({ dtype: "float", shape: [1, ...imageShape] }), { kind: "frozen" });
  return {
    parameters,
    state,
    unitAxes: new Map(Array.from(tensors, ([name, tensor]) => [name, units.axesOf(tensor)])),
  };
}

/** Runs `model` on tensors given by name; returns its logits and the updated statistics by name. */
export function runModel(
  model: ModelFunction,
  tensors: ReadonlyMap<string, Value>,
  images: Value,
  batchNorm: BatchNormUse,
): { logits: Value; updates: ReadonlyMap<string, Value> } {
  const updates = new Map<string, Value>();
  const find = (name: string): Value => {
    const value = tensors.get(name);
    if (!value) throw new RangeError(`The model has no tensor ${name}.`);
    return value;
  };
  const given: Tensors = { parameter: find, state: find, updateState: (name, value) => updates.set(name, value) };
  const { logits } = runIn(given, model, images, batchNorm);
  return { logits, updates };
}

/** The images' channels and the logits' classes are nobody's to exchange. */
function runIn(tensors: Tensors, model: ModelFunction, images: Value, batchNorm: BatchNormUse) {
  const units = new UnitTags();
  units.tagChannels(images, fixedUnits(images));
  const logits = model(createScope(tensors, batchNorm, units), images);
  units.tagChannels(logits, fixedUnits(logits));
  return { logits, units };
}

const fixedUnits = ({ type: { shape } }: Value) => new Int32Array(shape[shape.length - 1]).fill(fixedUnit);
