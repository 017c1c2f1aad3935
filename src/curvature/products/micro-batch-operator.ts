/** An operator as a sum over micro-batches. */
import type { Backend, DeviceTensor } from "../../backends/backend.ts";
import type { WorkWindow } from "../../training/work-window.ts";
import type { Span, SymmetricOperator } from "../operator.ts";
import { spansOf } from "../selection.ts";
import type { PassTensors, ProductPass } from "./pass.ts";
import { createRecomputingPass } from "./recomputing-pass.ts";

export interface CurvatureOperator extends SymmetricOperator {
  /** Whether what all products have in common was computed once and kept. */
  readonly isHoisted: boolean;
}

export class MicroBatchOperator implements CurvatureOperator {
  readonly dimension: number;
  readonly flop: number;
  /** By width, those that were asked for besides the whole. */
  readonly #narrower = new Map<number, Promise<ProductPass>>();
  #isDisposed = false;

  readonly backend: Backend;
  readonly length: number;
  readonly support: readonly Span[];
  readonly vectors: readonly DeviceTensor[];
  readonly products: readonly DeviceTensor[];

  /** `whole` is the pass as wide as there are vectors. `disposeTensors` is called once, at the end. */
  constructor(
    private readonly tensors: PassTensors,
    private readonly whole: ProductPass,
    readonly isHoisted: boolean,
    private readonly window: WorkWindow,
    private readonly disposeTensors: () => void,
  ) {
    this.backend = tensors.backend;
    this.length = tensors.matrix.model.layout.length;
    this.support = spansOf(tensors.matrix.tensors);
    this.vectors = tensors.vectors;
    this.products = tensors.products;
    this.dimension = this.support.reduce((total, span) => total + span.length, 0);
    this.flop = whole.flop / tensors.vectors.length;
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
