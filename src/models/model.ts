/** A model: where its tensors lie, and what it computes. Weights are kept apart. */
import type { ModelSpec } from "../architectures/specs.ts";
import type { Shape, Value } from "../tensor/program.ts";
import { createLayout, type Layout } from "./layout.ts";
import { type BatchNormUse, type ModelFunction, recordDeclarations, runModel } from "./scope.ts";
import type { UnitAxis } from "./units.ts";

export interface ImageShape {
  readonly height: number;
  readonly width: number;
  readonly channels: number;
}

export interface ModelOutput {
  /** [n, classes] */
  readonly logits: Value;
  /** The running statistics after this batch, in the state layout's order and native shapes. */
  readonly state: readonly Value[];
}

export interface Model {
  readonly spec: ModelSpec;
  readonly image: ImageShape;
  readonly layout: Layout;
  /** BatchNorm's running statistics; of length 0 without BatchNorm. */
  readonly stateLayout: Layout;
  /** The units that a tensor's slices along its axes belong to, by the tensor's name. */
  readonly unitAxes: ReadonlyMap<string, readonly UnitAxis[]>;
  /**
   * Logits of `images` [n, height, width, channels] given the tensors of both layouts, in their order and native shapes.
   * With `frozen` BatchNorm the state is returned as it came.
   */
  apply(parameters: readonly Value[], state: readonly Value[], images: Value, batchNorm: BatchNormUse): ModelOutput;
}

/** A model out of a function that `spec` stands for. Throws what the function throws. */
export function modelOfFunction(forward: ModelFunction, spec: ModelSpec, image: ImageShape): Model {
  const imageShape: Shape = [image.height, image.width, image.channels];
  const { parameters, state, unitAxes } = recordDeclarations(forward, imageShape);
  const layout = createLayout(parameters);
  const stateLayout = createLayout(state);
  const entries = [...layout.entries, ...stateLayout.entries];
  return {
    spec,
    image,
    layout,
    stateLayout,
    unitAxes,
    apply(parameters, state, images, batchNorm) {
      const values = [...parameters, ...state];
      const tensors = new Map(entries.map(({ name }, i) => [name, values[i]]));
      const { logits, updates } = runModel(forward, tensors, images, batchNorm);
      return { logits, state: stateLayout.entries.map(({ name }, i) => updates.get(name) ?? state[i]) };
    },
  };
}
