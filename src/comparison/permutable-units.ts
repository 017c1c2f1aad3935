/**
 * The hidden units of a model that can be exchanged without changing what it computes, and every axis of a tensor that is
 * exchanged with them.
 */
import type { LayoutEntry } from "../models/layout.ts";
import type { Model } from "../models/model.ts";
import { describeModel } from "../models/state-dict.ts";
import { ComparisonError } from "./comparison-error.ts";

/** An axis, in native order, along which a tensor's slices belong to the units of a group. */
export interface UnitAxis {
  readonly entry: LayoutEntry;
  /** Which flat vector holds the tensor. */
  readonly vector: "theta" | "state";
  readonly axis: number;
}

/** The units of one hidden layer. */
export interface UnitGroup {
  /** The layer that makes them, by its name in a PyTorch state dict: `features.0`. */
  readonly name: string;
  readonly size: number;
  readonly axes: readonly UnitAxis[];
}

/** Throws ComparisonError for a family whose symmetries are not known here. */
export function permutableUnits(model: Model): UnitGroup[] {
  switch (model.spec.name) {
    case "vgg11":
    case "mlp":
      return unitsOfChain(model);
    default:
      throw new ComparisonError(
        `Which units of ${describeModel(model)} can be exchanged is not known here. Compare it without matching.`,
      );
  }
}

/**
 * Of layers one after another: a weight makes units along its last axis and reads those of the layer before along the one
 * before; biases and BatchNorm's vectors belong to the units of the weight before them.
 */
function unitsOfChain({ layout, stateLayout }: Model): UnitGroup[] {
  const groups: { name: string; size: number; axes: UnitAxis[] }[] = [];
  for (const entry of layout.entries) {
    const output = entry.shape.length - 1;
    if (entry.role === "weight") {
      groups.at(-1)?.axes.push({ entry, vector: "theta", axis: output - 1 });
      groups.push({ name: moduleOf(entry), size: entry.shape[output], axes: [] });
    }
    groups.at(-1)?.axes.push({ entry, vector: "theta", axis: output });
  }
  // BatchNorm's statistics belong with its scale.
  for (const entry of stateLayout.entries) {
    const scale = `${moduleOf(entry)}.weight`;
    const owner = groups.find(({ axes }) => axes.some((axis) => axis.entry.name === scale));
    owner?.axes.push({ entry, vector: "state", axis: 0 });
  }
  // The last layer's units are the classes.
  return groups.slice(0, -1);
}

const moduleOf = ({ name }: LayoutEntry): string => name.slice(0, name.lastIndexOf("."));
