/** A model's layers, as a PyTorch state dict names them. */
import type { LayoutEntry } from "../models/layout.ts";

export interface Layer {
  /** What the names of its tensors have in common: `features.0` of `features.0.weight` and `features.0.bias`. */
  readonly name: string;
  readonly parameters: readonly string[];
  /** Numbers in all of them. */
  readonly dimension: number;
}

/** The layers of `tensors`, in their order. */
export function groupByLayer(tensors: readonly LayoutEntry[]): Layer[] {
  const layers = new Map<string, LayoutEntry[]>();
  for (const tensor of tensors) {
    const name = tensor.name.slice(0, tensor.name.lastIndexOf("."));
    layers.set(name, [...(layers.get(name) ?? []), tensor]);
  }
  return Array.from(layers, ([name, members]) => ({
    name,
    parameters: members.map((tensor) => tensor.name),
    dimension: members.reduce((total, { length }) => total + length, 0),
  }));
}
