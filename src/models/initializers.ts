/**
 * Initial weights. BatchNorm's scale is 1 and its shift 0; weights are drawn in float64 from one stream a tensor, in native
 * order (output channel fastest), so that they are the same whatever the backend or the engine.
 *
 * - gaussian: N(0, std²).
 * - he-normal: N(0, 2/fanIn), PyTorch's kaiming_normal_(nonlinearity="relu"); he-normal-fan-out: N(0, 2/fanOut).
 * - xavier-normal: N(0, 2/(fanIn + fanOut)), PyTorch's xavier_normal_ with gain 1.
 * - orthogonal: the [out, fanIn] matrix has orthonormal rows, or columns where out > fanIn; PyTorch's orthogonal_, gain 1.
 * - pytorch: U(±1/√fanIn), biases too; what PyTorch's layers begin with.
 * - the others are those of published code, by `recipes.ts`.
 *
 * What a network scales by itself (Fixup's branches) is scaled under every scheme.
 */
import type { RandomGenerator } from "pure-rand/types/RandomGenerator";
import type { InitSpec } from "../architectures/initialization.ts";
import type { Shape } from "../tensor/program.ts";
import type { Layout, LayoutEntry } from "./layout.ts";
import type { Model } from "./model.ts";
import { normalSource, uniform } from "./normal.ts";
import { orthonormalizeRows } from "./orthogonal.ts";
import { type Law, recipeOf } from "./recipes.ts";
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
  const recipe = recipeOf(initialization);
  model.layout.entries.forEach((entry, i) => {
    const tensor = tensorOf(theta, entry);
    if (entry.role === "batchNormScale" || entry.role === "scale") tensor.fill(1);
    if (entry.role === "weight") drawWeight(tensor, entry, recipe.weight(entry), openStream(i));
    if (entry.role === "bias" && recipe.bias === "pytorch") {
      const { fanIn } = fans(weightBeside(model.layout, entry)?.torchShape ?? [1, Number.POSITIVE_INFINITY]);
      fillUniform(tensor, 1 / Math.sqrt(fanIn), openStream(i));
    }
  });
  return { theta, state: initialState(model) };
}

/** The weight that a bias is added to the products of; none beside a bias of its own. */
const weightBeside = ({ entries }: Layout, bias: LayoutEntry): LayoutEntry | undefined =>
  entries.find(({ name, role }) => role === "weight" && name === bias.name.replace(/(^|\.)bias$/, "$1weight"));

function drawWeight(tensor: Float32Array, entry: LayoutEntry, law: Law, random: RandomGenerator): void {
  const { fanIn, fanOut } = fans(entry.torchShape);
  const scale = entry.initialScale ?? 1;
  if (law === "orthogonal") {
    drawOrthogonal(tensor, entry.torchShape[0], fanIn, normalSource(random));
    if (scale !== 1) tensor.set(tensor.map((value) => scale * value));
    return;
  }
  if (law === "pytorch") {
    fillUniform(tensor, scale / Math.sqrt(fanIn), random);
    return;
  }
  const draw = normalSource(random);
  const deviation = scale * law(fanIn, fanOut);
  for (let k = 0; k < tensor.length; k++) tensor[k] = deviation * draw();
}

function fillUniform(tensor: Float32Array, bound: number, random: RandomGenerator): void {
  for (let k = 0; k < tensor.length; k++) tensor[k] = bound * (2 * uniform(random) - 1);
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
