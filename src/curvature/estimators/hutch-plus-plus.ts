/** The trace by Hutch++ (Meyer, Musco, Musco & Woodruff 2021): exact on a dominant subspace, Hutchinson on the rest. */
import { CurvatureError } from "../curvature-error.ts";
import type { SymmetricOperator } from "../operator.ts";
import { bytesPerVector } from "../solvers/lanczos-options.ts";
import { Basis } from "../vectors/basis.ts";
import { drawVector } from "../vectors/draw.ts";
import { Lane } from "../vectors/lane.ts";
import { type Estimate, estimateMean, type ProbeStatus } from "./estimate.ts";

export interface HutchPlusPlusOptions {
  /** Products in all: a third for the sketch, a third for its trace, a third for the rest. At least 3. */
  readonly products: number;
  readonly seed: number;
  /** Bytes for the sketch's vectors. */
  readonly memoryBytes: number;
  readonly signal?: AbortSignal;
  readonly onProbe?: (estimate: Estimate) => void;
}

export interface HutchPlusPlusResult extends Estimate {
  readonly products: number;
  readonly status: ProbeStatus;
}

/** Directions of the sketch that keep less than this share of their length are taken for rounding: A has a low rank. */
const dependent = { relative: 1e-10, absolute: 0 };

/**
 * tr(QᵀAQ) + the mean of gᵀ(I − QQᵀ)A(I − QQᵀ)g, Q an orthonormal basis of AS. The standard error is of the second part.
 * Cancelled before the second part it has no mean (NaN, 0 probes). Throws CurvatureError; rejects with the backend's error.
 */
export async function hutchPlusPlus(
  operator: SymmetricOperator,
  options: HutchPlusPlusOptions,
): Promise<HutchPlusPlusResult> {
  const third = Math.min(Math.floor(options.products / 3), operator.dimension);
  if (!(third >= 1)) throw new CurvatureError(`Hutch++ takes at least 3 products, not ${options.products}.`);
  if (!(options.memoryBytes >= third * bytesPerVector(operator))) {
    const megabytes = (third * bytesPerVector(operator)) / 1e6;
    throw new CurvatureError(
      `A sketch of ${third} vectors takes ${megabytes.toPrecision(3)} MB: give more or ask less.`,
    );
  }
  const lane = new Lane(operator, 0);
  const sketch = new Basis(operator.backend, operator.length, third);
  try {
    return await new HutchPlusPlus(lane, sketch, third, options).run();
  } finally {
    await sketch.dispose();
    await lane.dispose();
  }
}

class HutchPlusPlus {
  #products = 0;

  constructor(
    private readonly lane: Lane,
    private readonly sketch: Basis,
    private readonly third: number,
    private readonly options: HutchPlusPlusOptions,
  ) {}

  async run(): Promise<HutchPlusPlusResult> {
    const { lane, sketch, third, options } = this;
    const residuals: number[] = [];
    let sketched = 0;
    const end = (status: ProbeStatus): HutchPlusPlusResult => {
      const { mean, ...rest } = estimateMean(residuals);
      return { mean: sketched + mean, ...rest, products: this.#products, status };
    };
    for (let i = 0; i < third; i++) {
      this.#draw(i);
      await lane.note();
      await lane.measure({ relative: 0, absolute: 0 });
      if (!(await this.#multiply(() => lane.normalize()))) return end("cancelled");
      await lane.note();
      await sketch.orthogonalize(lane);
      await lane.measure(dependent);
      const { norm, isZero } = await lane.readNorm();
      if (!Number.isFinite(norm)) return end("non-finite");
      if (!isZero) await sketch.append(lane);
    }
    for (let i = 0; i < sketch.size; i++) {
      if (!(await this.#multiply(() => sketch.load(i, lane)))) return end("cancelled");
      sketched += (await lane.forms()).xw;
    }
    for (let i = 0; i < third; i++) {
      this.#draw(third + i);
      await lane.note();
      await sketch.orthogonalize(lane);
      await lane.measure({ relative: 0, absolute: 0 });
      const { norm } = await lane.readNorm();
      if (!(await this.#multiply(() => lane.normalize()))) return end("cancelled");
      const { xw } = await lane.forms();
      if (!Number.isFinite(xw)) return end("non-finite");
      residuals.push(xw * norm * norm);
      const { mean, ...rest } = estimateMean(residuals);
      options.onProbe?.({ mean: sketched + mean, ...rest });
    }
    return end("complete");
  }

  #draw(index: number): void {
    this.lane.write(drawVector(this.lane.operator, "rademacher", this.options.seed, index));
  }

  /** One product, of what `prepare` puts into x; false when cancelled. */
  async #multiply(prepare: () => Promise<void>): Promise<boolean> {
    const { signal } = this.options;
    if (signal?.aborted) return false;
    await prepare();
    try {
      await this.lane.operator.apply(1, signal);
    } catch (error) {
      if (signal?.aborted) return false;
      throw error;
    }
    this.#products++;
    return true;
  }
}
