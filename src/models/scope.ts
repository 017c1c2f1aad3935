/**
 * How a model function asks for its tensors. The function is run twice: once against a scope that records what it asks
 * for, which gives the layout, and then, for every program, against one that hands out traced views of flat vectors.
 */
import { input, type Operand } from "../tensor/primitives/index.ts";
import type { Shape, Value } from "../tensor/program.ts";
import type { TensorDeclaration } from "./layout.ts";

/**
 * What BatchNorm normalises by. `batch` takes the statistics of the batch, and moves the running ones by `momentum`
 * (1 replaces them): running ← (1 − momentum)·running + momentum·batch.
 */
export type BatchNormUse = { readonly kind: "frozen" } | { readonly kind: "batch"; readonly momentum: Operand };

export interface Scope {
  readonly batchNorm: BatchNormUse;
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

/** What a scope does with a full name. */
interface Tensors {
  parameter(name: string, declaration: TensorDeclaration): Value;
  state(name: string, declaration: TensorDeclaration): Value;
  updateState(name: string, value: Value): void;
}

const createScope = (tensors: Tensors, batchNorm: BatchNormUse, prefix = ""): Scope => ({
  batchNorm,
  within: (name) => createScope(tensors, batchNorm, `${prefix}${name}.`),
  parameter: (name, declaration) => tensors.parameter(prefix + name, declaration),
  state: (name, declaration) => tensors.state(prefix + name, declaration),
  updateState: (name, value) => tensors.updateState(prefix + name, value),
});

/** The tensors that `model` asks for when given images of `imageShape` [h, w, c], in its order. */
export function recordDeclarations(
  model: ModelFunction,
  imageShape: Shape,
): { parameters: NamedDeclaration[]; state: NamedDeclaration[] } {
  const parameters: NamedDeclaration[] = [];
  const state: NamedDeclaration[] = [];
  const record = (list: NamedDeclaration[]) => (name: string, declaration: TensorDeclaration) => {
    list.push({ ...declaration, name });
    return input({ dtype: "float", shape: declaration.shape });
  };
  const recorder: Tensors = { parameter: record(parameters), state: record(state), updateState: () => {} };
  model(createScope(recorder, { kind: "frozen" }), input({ dtype: "float", shape: [1, ...imageShape] }));
  return { parameters, state };
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
  const scope = createScope(
    {
      parameter: find,
      state: find,
      updateState: (name, value) => updates.set(name, value),
    },
    batchNorm,
  );
  return { logits: model(scope, images), updates };
}
