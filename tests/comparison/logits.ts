/** What a model computes, for tests of what may not change it. */
import { traceWeights } from "../../src/execution/programs/weights.ts";
import type { Model } from "../../src/models/model.ts";
import type { FlatWeights } from "../../src/models/weights.ts";
import { input } from "../../src/tensor/primitives/index.ts";
import { evaluate } from "../tensor/evaluate.ts";

/** Relative to the largest. */
export const largestDifference = (a: readonly number[], b: readonly number[]): number =>
  Math.max(...a.map((value, k) => Math.abs(value - b[k]))) / Math.max(...a.map(Math.abs));

/** In float64, of two hashed pictures. */
export async function logitsOf(model: Model, weights: FlatWeights): Promise<number[]> {
  const traced = traceWeights(model);
  const { height, width, channels } = model.image;
  const images = input({ dtype: "float", shape: [2, height, width, channels] });
  const { logits } = model.apply(traced.parameters, traced.state, images, { kind: "frozen" });
  const pictures = Float64Array.from({ length: 2 * height * width * channels }, (_, k) => Math.sin(k * k));
  const contents = new Map([
    [traced.inputs.theta, Float64Array.from(weights.theta)],
    [images, pictures],
  ]);
  if (traced.inputs.state) contents.set(traced.inputs.state, Float64Array.from(weights.state));
  const [found] = await evaluate([logits], contents);
  return [...found];
}
