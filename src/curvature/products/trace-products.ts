/** Products of a curvature matrix of one micro-batch with several vectors, added to running sums. */
import { type ImageSource, traceBatch } from "../../execution/programs/batch.ts";
import { flatInput, traceWeights } from "../../execution/programs/weights.ts";
import { flattenTensors, type Layout, type LayoutEntry, viewTensors } from "../../models/layout.ts";
import type { LossFunction } from "../../models/losses/loss.ts";
import type { Model } from "../../models/model.ts";
import { add, broadcast, constant, input, multiply, select, sum } from "../../tensor/primitives/index.ts";
import type { Program, Value } from "../../tensor/program.ts";
import { filterNorms } from "./filter-norms.ts";
import { type CurvatureKind, createProduct } from "./product-rules.ts";

export interface CurvatureMatrix {
  readonly model: Model;
  readonly loss: LossFunction;
  readonly kind: CurvatureKind;
  readonly batchNorm: "frozen" | "batch";
  /** The tensors whose block it is. */
  readonly tensors: readonly LayoutEntry[];
  /** Layout of the vectors multiplied: the model's own, or one of `tensors` alone. */
  readonly vectorLayout: Layout;
  /** D·A·D with the filters' norms D; every one of `tensors` is then a weight. */
  readonly filterScaled: boolean;
  /** Weight of one example: 1/N for the mean over N. */
  readonly exampleWeight: number;
}

/** Where `tensors` stand among a layout's entries. */
export const placesIn = ({ entries }: Layout, tensors: readonly LayoutEntry[]): number[] =>
  tensors.map(({ name }) => entries.findIndex((entry) => entry.name === name));

export const vectorName = (index: number): string => `vector${index}`;
export const productName = (index: number): string => `product${index}`;

/** The inputs that change from one product to the next; all others depend on the weights and the batch. */
export const dynamicInputs = (width: number): string[] => [
  "keep",
  ...Array.from({ length: width }, (_, i) => [vectorName(i), productName(i)]).flat(),
];

/**
 * Inputs: theta, state (with BatchNorm), vector0 … and product0 … (of the vectors' layout, `width` each), pixels, labels, indices, draws, keep.
 * Outputs: product0 …, the products with the batch's part of the matrix added to what was there, or to zeros when keep is
 * 0; and done, a number that is there once they are.
 */
export function traceProducts(matrix: CurvatureMatrix, source: ImageSource, batchSize: number, width: number): Program {
  const { model, loss, kind, batchNorm, tensors, vectorLayout, filterScaled, exampleWeight } = matrix;
  const { layout } = model;
  const weights = traceWeights(model);
  const batch = traceBatch(model, source, batchSize);
  const keep = input({ dtype: "float", shape: [] });
  const use = batchNorm === "frozen" ? ({ kind: "frozen" } as const) : ({ kind: "batch", momentum: 0 } as const);
  const { logits } = model.apply(weights.parameters, weights.state, batch.images, use);
  const { losses } = loss(logits, batch.targets);

  const variables = tensors.map((tensor) => weights.parameters[layout.entries.indexOf(tensor)]);
  const places = placesIn(vectorLayout, tensors);
  const scales = filterScaled ? variables.map(filterNorms) : undefined;
  const scaled = (values: readonly Value[]) => (scales ? values.map((value, i) => multiply(value, scales[i])) : values);
  const product = createProduct(kind, { logits, losses, weight: exampleWeight }, variables);

  const inputs: Record<string, Value> = { ...weights.inputs, ...batch.inputs, keep };
  const outputs: Record<string, Value> = {};
  let done: Value = constant(0);
  for (let i = 0; i < width; i++) {
    const [vector, sumSoFar] = [flatInput(vectorLayout), flatInput(vectorLayout)];
    inputs[vectorName(i)] = vector;
    inputs[productName(i)] = sumSoFar;
    const views = viewTensors(vectorLayout, vector);
    const tangents = scaled(places.map((place) => views[place]));
    const blocks = scaled(product(new Map(variables.map((variable, k) => [variable, tangents[k]]))));
    const everywhere = vectorLayout.entries.map(
      ({ shape }, place) => blocks[places.indexOf(place)] ?? constant(0, shape),
    );
    const before = select(broadcast(keep, [vectorLayout.length], []), sumSoFar, 0);
    outputs[productName(i)] = add(before, flattenTensors(vectorLayout, everywhere));
    done = add(done, sum(blocks[blocks.length - 1]));
  }
  return { inputs, outputs: { ...outputs, done } };
}
