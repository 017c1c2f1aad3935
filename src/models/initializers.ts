/**
 * Initial weights. Biases are 0, BatchNorm's scale 1 and shift 0; weights are drawn in float64 from one stream a tensor,
 * in native order (output channel fastest), so that they are the same whatever the backend or the engine.
 *
 * - gaussian: N(0, std²).
 * - he-normal: N(0, 2/fanIn), PyTorch's kaiming_normal_(nonlinearity="relu").
 * - xavier-normal: N(0, 2/(fanIn + fanOut)), PyTorch's xavier_normal_ with gain 1.
 * - orthogonal: the [out, fanIn] matrix has orthonormal rows, or columns where out > fanIn; PyTorch's orthogonal_, gain 1.
 */
import type { RandomGenerator } from "pure-rand/types/RandomGenerator";
import { defaultGaussianStd, type InitSpec } from "../architectures/initialization.ts";
import type { Shape } from "../tensor/program.ts";
import type { LayoutEntry } from "./layout.ts";
import type { Model } from "./model.ts";
import { normalSource } from "./normal.ts";
import { orthonormalizeRows } from "./orthogonal.ts";
import { type FlatWeights, initialState, tensorOf } from "./weights.ts";

/** How weights are drawn, apart from the seed. */
export type Initialization = Pick<InitSpec, "scheme" | "std">;

/** Initial weights of `model`; `openStream(i)` gives the generator of its tensor i. */
export function initializeWeights(
  model: Model,
  initialization: Initialization,
  openStream: (tensor: number) => RandomGenerator,
): FlatWeights {
  const theta = new Float32Array(model.layout.length);
  model.layout.entries.forEach((entry, i) => {
    const tensor = tensorOf(theta, entry);
    if (entry.role === "batchNormScale" || entry.role === "scale") tensor.fill(1);
    if (entry.role === "weight") drawWeight(tensor, entry, initialization, openStream(i));
  });
  return { theta, state: initialState(model) };
}

function drawWeight(
  tensor: Float32Array,
  entry: LayoutEntry,
  { scheme, std }: Initialization,
  random: RandomGenerator,
) {
  const draw = normalSource(random);
  const { fanIn, fanOut } = fans(entry.torchShape);
  if (scheme === "orthogonal") {
    drawOrthogonal(tensor, entry.torchShape[0], fanIn, draw);
    return;
  }
  const deviation = {
    gaussian: std ?? defaultGaussianStd,
    "he-normal": Math.sqrt(2 / fanIn),
    "xavier-normal": Math.sqrt(2 / (fanIn + fanOut)),
  }[scheme];
  const scale = entry.initialScale ?? 1;
  for (let k = 0; k < tensor.length; k++) tensor[k] = scale * deviation * draw();
}

/** Inputs of one output unit, and outputs that one input unit feeds, from a PyTorch shape [out, in, …window]. */
export function fans([outputs, inputs, ...window]: Shape): { fanIn: number; fanOut: number } {
  const positions = window.reduce((product, size) => product * size, 1);
  return { fanIn: inputs * positions, fanOut: outputs * positions };
}

/** Fills a native tensor, [fanIn, outputs] row-major, with an orthogonal map. */
function drawOrthogonal(tensor: Float32Array, outputs: number, fanIn: number, draw: () => number): void {
  const [rows, columns] = outputs <= fanIn ? [outputs, fanIn] : [fanIn, outputs];
  const matrix = Float64Array.from({ length: rows * columns }, draw);
  orthonormalizeRows(matrix, rows, columns);
  for (let input = 0; input < fanIn; input++) {
    for (let output = 0; output < outputs; output++) {
      tensor[input * outputs + output] = matrix[outputs <= fanIn ? output * fanIn + input : input * outputs + output];
    }
  }
}
