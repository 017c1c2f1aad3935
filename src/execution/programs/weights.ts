/** A model's flat vectors as program inputs, and the views its layers read. */
import { type Layout, viewTensors } from "../../models/layout.ts";
import type { Model } from "../../models/model.ts";
import { input } from "../../tensor/primitives/index.ts";
import type { Value } from "../../tensor/program.ts";

export const flatInput = (layout: Layout): Value => input({ dtype: "float", shape: [layout.length] });

export interface TracedWeights {
  /** `theta`, and `state` where the model has running statistics. */
  readonly inputs: Readonly<Record<string, Value>>;
  readonly theta: Value;
  readonly parameters: readonly Value[];
  readonly state: readonly Value[];
}

export function traceWeights({ layout, stateLayout }: Model): TracedWeights {
  const theta = flatInput(layout);
  const parameters = viewTensors(layout, theta);
  if (stateLayout.length === 0) return { inputs: { theta }, theta, parameters, state: [] };
  const state = flatInput(stateLayout);
  return { inputs: { theta, state }, theta, parameters, state: viewTensors(stateLayout, state) };
}
