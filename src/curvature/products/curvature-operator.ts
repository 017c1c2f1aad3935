/** Exact products with a curvature matrix of a set's mean loss, at the weights as they are when the operator is made. */
import type { Backend, DeviceTensor } from "../../backends/backend.ts";
import { crossEntropy } from "../../models/losses/cross-entropy.ts";
import type { LossFunction } from "../../models/losses/loss.ts";
import type { Model } from "../../models/model.ts";
import type { DeviceImages } from "../../training/device-images.ts";
import { createVector, type DeviceWeights } from "../../training/device-weights.ts";
import type { MicroBatch } from "../../training/micro-batches.ts";
import type { WorkWindow } from "../../training/work-window.ts";
import { CurvatureError } from "../curvature-error.ts";
import type { Span, SymmetricOperator } from "../operator.ts";
import { selectTensors, spansOf } from "../selection.ts";
import { createHoistedPass } from "./hoisted-pass.ts";
import type { PassTensors, ProductPass } from "./pass.ts";
import type { CurvatureKind } from "./product-rules.ts";
import { createRecomputingPass } from "./recomputing-pass.ts";
import { sampleLabels } from "./sample-labels.ts";

export interface CurvatureOperatorOptions {
  readonly backend: Backend;
  readonly model: Model;
  readonly loss: LossFunction;
  readonly kind: CurvatureKind;
  /** With `batch` the matrix depends on how the examples are cut into micro-batches. */
  readonly batchNorm: "frozen" | "batch";
  readonly images: DeviceImages;
  /** Not to be written while the operator lives. */
  readonly weights: DeviceWeights;
  /** The examples; each counts 1/N, whatever its batch's size. */
  readonly microBatches: readonly MicroBatch[];
  readonly window: WorkWindow;
  /** Names or globs (`features.*.weight`) of the tensors whose block it is; all unless told. */
  readonly parameters?: readonly string[];
  /** D·A·D with D the norms of the weights' filters, of weights only. */
  readonly filterScaled?: boolean;
  /** How many products share a pass over the data; 1 unless told. */
  readonly width?: number;
  /** Of the Fisher matrix's labels; 0 unless told. */
  readonly seed?: number;
  /** Bytes in which to keep what all products have in common, if it fits; 0 unless told. */
  readonly hoistBytes?: number;
  readonly signal?: AbortSignal;
}

export interface CurvatureOperator extends SymmetricOperator {
  /** Whether what all products have in common was computed once and kept. */
  readonly isHoisted: boolean;
}

/** Throws CurvatureError for a question without an answer, the signal's reason, or a BackendError. */
export async function createCurvatureOperator(options: CurvatureOperatorOptions): Promise<CurvatureOperator> {
  const { backend, model, images, weights, microBatches, signal, width = 1 } = options;
  const { layout } = model;
  const exampleCount = microBatches.reduce((total, { size }) => total + size, 0);
  if (exampleCount === 0) throw new CurvatureError("There are no examples. Choose at least one.");
  if (!Number.isInteger(width) || width < 1) {
    throw new CurvatureError(`${width} products at a time cannot be: the width must be a whole number from 1 on.`);
  }
  const tensors = chooseTensors(options);
  await requireFinite(backend, weights);
  signal?.throwIfAborted();

  const owned: { dispose(): void }[] = [];
  const dispose = () => {
    for (const each of owned) each.dispose();
  };
  const own = <T extends { dispose(): void }>(thing: T): T => {
    owned.push(thing);
    return thing;
  };
  try {
    const vectors = Array.from({ length: width }, (_, i) => own(createVector(backend, layout, `vector ${i}`)));
    const products = Array.from({ length: width }, (_, i) => own(createVector(backend, layout, `product ${i}`)));
    const labels =
      options.kind === "fisher"
        ? own(await sampleLabels({ ...options, seed: options.seed ?? 0 }, signal))
        : images.labels;
    const { loss, kind, batchNorm, filterScaled = false } = options;
    const matrix = { model, loss, kind, batchNorm, tensors, filterScaled, exampleWeight: 1 / exampleCount };
    const passTensors: PassTensors = { backend, matrix, images, labels, weights, microBatches, vectors, products };
    const hoisted = options.hoistBytes ? await createHoistedPass(passTensors, options.hoistBytes, signal) : null;
    const whole = own(hoisted ?? (await createRecomputingPass(passTensors)));
    const window = options.window;
    return new Operator(
      backend,
      layout.length,
      spansOf(tensors),
      vectors,
      products,
      hoisted !== null,
      whole,
      window,
      passTensors,
      dispose,
    );
  } catch (error) {
    dispose();
    throw error;
  }
}

function chooseTensors({ model, kind, loss, parameters, filterScaled }: CurvatureOperatorOptions) {
  if (kind === "fisher" && loss !== crossEntropy) {
    throw new CurvatureError(
      "The Fisher matrix with sampled labels is that of cross-entropy. Under squared error take the Gauss-Newton matrix, which is its mean.",
    );
  }
  const selected = selectTensors(model.layout, parameters);
  if (!filterScaled) return selected;
  const filters = selected.filter(({ role }) => role === "weight");
  if (filters.length === 0) {
    throw new CurvatureError(
      "Biases and BatchNorm's parameters have no filters to scale by. Select at least one weight.",
    );
  }
  return filters;
}

async function requireFinite(backend: Backend, weights: DeviceWeights): Promise<void> {
  for (const [name, tensor] of Object.entries(weights) as [string, DeviceTensor][]) {
    const place = (await backend.read(tensor)).findIndex((value) => !Number.isFinite(value));
    if (place >= 0) {
      const what = name === "theta" ? "weights" : "running statistics";
      throw new CurvatureError(
        `The ${what} are not finite (at place ${place}). Take a checkpoint from before they diverged.`,
      );
    }
  }
}

class Operator implements CurvatureOperator {
  readonly dimension: number;
  readonly flop: number;
  /** By width, those that were asked for besides the whole. */
  readonly #narrower = new Map<number, Promise<ProductPass>>();
  #isDisposed = false;

  constructor(
    readonly backend: Backend,
    readonly length: number,
    readonly support: readonly Span[],
    readonly vectors: readonly DeviceTensor[],
    readonly products: readonly DeviceTensor[],
    readonly isHoisted: boolean,
    private readonly whole: ProductPass,
    private readonly window: WorkWindow,
    private readonly tensors: PassTensors,
    private readonly disposeTensors: () => void,
  ) {
    this.dimension = support.reduce((total, span) => total + span.length, 0);
    this.flop = whole.flop / vectors.length;
  }

  async apply(count: number, signal?: AbortSignal): Promise<void> {
    if (!Number.isInteger(count) || count < 1 || count > this.vectors.length) {
      throw new RangeError(`${count} products of an operator with ${this.vectors.length} vectors.`);
    }
    signal?.throwIfAborted();
    const pass = count === this.vectors.length || this.isHoisted ? this.whole : await this.#passOf(count);
    await pass.enqueue(this.window, signal);
  }

  #passOf(count: number): Promise<ProductPass> {
    const { vectors, products } = this;
    const pass =
      this.#narrower.get(count) ??
      createRecomputingPass({ ...this.tensors, vectors: vectors.slice(0, count), products: products.slice(0, count) });
    this.#narrower.set(count, pass);
    return pass;
  }

  dispose(): void {
    if (this.#isDisposed) return;
    this.#isDisposed = true;
    this.disposeTensors();
    for (const pass of this.#narrower.values()) pass.then((made) => made.dispose()).catch(() => {});
  }
}
