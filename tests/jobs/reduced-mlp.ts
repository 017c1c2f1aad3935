/**
 * A tanh MLP with one hidden layer and cross-entropy, by hand in float64. Its inputs are given in an orthonormal basis of the
 * span of the examples: across it the first layer's weights change nothing, so that the Hessian has the eigenvalues of the
 * whole, but for zeros. PyTorch's order throughout: [W₀ [h, r], b₀ [h], W₂ [c, h], b₂ [c]].
 */
import { loadImages } from "../../src/data/load-images.ts";
import type { Spec } from "../../src/experiment/spec.ts";
import type { Weights } from "../../src/experiment/weights.ts";
import { modelOf, pixelNormalizationOf } from "../../src/jobs/problem.ts";
import { toStateDict } from "../../src/models/state-dict.ts";
import { dot, norm } from "../tensor/vectors.ts";

const differenceStep = 1e-6;

export interface Range {
  readonly start: number;
  readonly end: number;
}

export class ReducedMlp {
  readonly count: number;
  readonly layers: Readonly<Record<"layers.0" | "layers.2", Range>>;
  readonly weights: readonly Range[];

  private constructor(
    private readonly inputs: readonly Float64Array[],
    private readonly labels: ArrayLike<number>,
    private readonly hidden: number,
    private readonly classes: number,
    readonly parameters: Float64Array,
  ) {
    this.count = inputs.length;
    const first = hidden * inputs[0].length;
    const second = first + hidden;
    const length = second + classes * hidden + classes;
    this.layers = { "layers.0": { start: 0, end: second }, "layers.2": { start: second, end: length } };
    this.weights = [
      { start: 0, end: first },
      { start: second, end: second + classes * hidden },
    ];
  }

  /** Of the training images that a synthetic spec names. */
  static async of(spec: Spec, weights: Weights): Promise<ReducedMlp> {
    const refuse = () => Promise.reject(new Error("The spec is not synthetic."));
    const set = await loadImages(spec.data, "train", { read: refuse });
    const { mean, std } = pixelNormalizationOf(spec);
    const size = set.pixels.length / set.count;
    const plane = size / set.channels;
    const images = Array.from({ length: set.count }, (_, i) =>
      Float64Array.from(set.pixels.subarray(i * size, (i + 1) * size), (byte, k) => {
        const channel = Math.floor(k / plane);
        return (byte / 255 - mean[channel]) / std[channel];
      }),
    );
    const basis = orthonormalBasis(images);
    const inCoordinates = (vector: ArrayLike<number>) => basis.map((direction) => dot(direction, vector));
    const tensors = new Map(toStateDict(modelOf(spec), weights).map(({ name, data }) => [name, data]));
    const [first, bias, second, last] = ["0.weight", "0.bias", "2.weight", "2.bias"].map(
      (name) => tensors.get(`layers.${name}`)!,
    );
    const rows = Array.from({ length: bias.length }, (_, unit) =>
      inCoordinates(first.subarray(unit * size, (unit + 1) * size)),
    );
    const parameters = Float64Array.from([...rows.flat(), ...bias, ...second, ...last]);
    const inputs = images.map((image) => Float64Array.from(inCoordinates(image)));
    return new ReducedMlp(inputs, set.labels, bias.length, last.length, parameters);
  }

  /** Of the mean loss over `examples`, positions that may repeat. */
  gradient(at: Float64Array, examples: ArrayLike<number>): Float64Array {
    const { hidden, classes } = this;
    const width = this.inputs[0].length;
    const [bias, second] = [hidden * width, hidden * width + hidden];
    const last = second + classes * hidden;
    const gradient = new Float64Array(at.length);
    for (const example of Array.from(examples)) {
      const x = this.inputs[example];
      const a = Array.from({ length: hidden }, (_, u) =>
        Math.tanh(at[bias + u] + dot(at.subarray(u * width, (u + 1) * width), x)),
      );
      const masses = Array.from({ length: classes }, (_, k) =>
        Math.exp(at[last + k] + dot(at.subarray(second + k * hidden, second + (k + 1) * hidden), a)),
      );
      const total = masses.reduce((sum, mass) => sum + mass, 0);
      const slopes = masses.map((mass, k) => (mass / total - (k === this.labels[example] ? 1 : 0)) / examples.length);
      slopes.forEach((slope, k) => {
        gradient[last + k] += slope;
        for (let u = 0; u < hidden; u++) gradient[second + k * hidden + u] += slope * a[u];
      });
      for (let u = 0; u < hidden; u++) {
        const back = slopes.reduce((sum, slope, k) => sum + slope * at[second + k * hidden + u], 0) * (1 - a[u] ** 2);
        gradient[bias + u] += back;
        for (let j = 0; j < width; j++) gradient[u * width + j] += back * x[j];
      }
    }
    return gradient;
  }

  /** The block of `ranges`, by central differences of the gradient: right to some eight digits. */
  hessian(ranges: readonly Range[], examples: ArrayLike<number> = this.all): Float64Array[] {
    const places = ranges.flatMap(({ start, end }) => Array.from({ length: end - start }, (_, i) => start + i));
    const columns = places.map((place) => {
      const moved = (sign: number) => {
        const at = this.parameters.slice();
        at[place] += sign * differenceStep;
        return this.gradient(at, examples);
      };
      const [up, down] = [moved(1), moved(-1)];
      return Float64Array.from(places, (row) => (up[row] - down[row]) / (2 * differenceStep));
    });
    return columns.map((column, i) => column.map((value, j) => (value + columns[j][i]) / 2));
  }

  get all(): number[] {
    return Array.from({ length: this.count }, (_, i) => i);
  }
}

/** Gram–Schmidt, twice. */
function orthonormalBasis(vectors: readonly Float64Array[]): Float64Array[] {
  const basis: Float64Array[] = [];
  for (const vector of vectors) {
    const rest = vector.slice();
    for (let pass = 0; pass < 2; pass++) {
      for (const direction of basis) {
        const overlap = dot(direction, rest);
        for (let k = 0; k < rest.length; k++) rest[k] -= overlap * direction[k];
      }
    }
    const length = norm(rest);
    if (length > 1e-8 * norm(vector)) basis.push(rest.map((value) => value / length));
  }
  return basis;
}
