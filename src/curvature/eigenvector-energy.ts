/** Where in a model a direction lies: the shares of its square in every tensor and every filter. */
import type { Layout, LayoutEntry } from "../models/layout.ts";
import { CurvatureError } from "./curvature-error.ts";
import { groupByLayer } from "./layers.ts";

export interface TensorEnergy {
  /** The tensor's name in a PyTorch state dict. */
  readonly name: string;
  /** Share of ‖v‖². */
  readonly energy: number;
  /** Shares of ‖v‖² of each output channel, in order; each number of a bias is its own. Their sum is `energy`. */
  readonly filters: Float64Array;
}

/** The tensors of a layer: weight, bias. */
export interface LayerEnergy {
  readonly name: string;
  readonly energy: number;
  readonly tensors: readonly TensorEnergy[];
}

/**
 * Shares by layer, in the model's order; they sum to 1. `vector` is in the model's flat layout and need not be of unit
 * length. Throws CurvatureError for a vector of another length, and for one that is zero or not finite.
 */
export function eigenvectorEnergy({ entries, length }: Layout, vector: Float32Array): LayerEnergy[] {
  if (vector.length !== length) {
    throw new CurvatureError(`A vector of ${vector.length} numbers for a model of ${length}.`);
  }
  const squares = entries.map((entry) => filterSquares(entry, vector));
  const total = squares.reduce((sum, filters) => sum + sumOf(filters), 0);
  if (!(total > 0) || !Number.isFinite(total)) {
    throw new CurvatureError("The vector is zero or not finite: it has no direction.");
  }
  const tensors = new Map(
    entries.map(({ name }, index): [string, TensorEnergy] => {
      const filters = squares[index].map((square) => square / total);
      return [name, { name, energy: sumOf(filters), filters }];
    }),
  );
  return groupByLayer(entries).map(({ name, parameters }) => {
    const members = parameters.flatMap((parameter) => tensors.get(parameter) ?? []);
    return { name, energy: members.reduce((sum, { energy }) => sum + energy, 0), tensors: members };
  });
}

/** The output channel is the last axis of every native tensor. */
function filterSquares({ shape, offset, length }: LayoutEntry, vector: Float32Array): Float64Array {
  const channels = shape[shape.length - 1];
  const squares = new Float64Array(channels);
  for (let i = 0, channel = 0; i < length; i++) {
    squares[channel] += vector[offset + i] ** 2;
    channel = channel + 1 === channels ? 0 : channel + 1;
  }
  return squares;
}

const sumOf = (values: Float64Array): number => values.reduce((sum, value) => sum + value, 0);
