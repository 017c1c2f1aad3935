/** The operator as it acts within a Krylov basis: a small symmetric matrix on the host, in float64. */
import { symmetricEigen } from "./symmetric-eigen.ts";

export interface RitzPairs {
  /** Ascending. */
  readonly values: Float64Array;
  /** Ritz vectors of unit length, over the processed vectors. */
  readonly vectors: readonly Float64Array[];
  /** ‖(coupling to the vectors not yet processed) · vector‖: the residual norm in exact arithmetic. */
  readonly residuals: Float64Array;
}

export class ProjectedMatrix {
  /** rows[i][j], i ≥ j: ⟨vᵢ, A vⱼ⟩. */
  readonly #rows: Float64Array[] = [];

  get(i: number, j: number): number {
    return this.#rows[Math.max(i, j)]?.[Math.min(i, j)] ?? 0;
  }

  set(i: number, j: number, value: number): void {
    const [row, column] = [Math.max(i, j), Math.min(i, j)];
    for (let n = this.#rows.length; n <= row; n++) this.#rows.push(new Float64Array(n + 1));
    this.#rows[row][column] = value;
  }

  /** Ritz pairs of the leading `processed` rows, given that the basis has `size` vectors. */
  ritzPairs(processed: number, size: number): RitzPairs {
    const matrix = Array.from({ length: processed }, (_, i) =>
      Float64Array.from({ length: processed }, (_, j) => this.get(i, j)),
    );
    const { values, vectors } = symmetricEigen(matrix);
    const residuals = Float64Array.from(vectors, (vector) => Math.hypot(...this.couplings(vector, processed, size)));
    return { values, vectors, residuals };
  }

  /** ⟨v, A·vector⟩ for every v from `processed` to `size`. */
  couplings(vector: Float64Array, processed: number, size: number): number[] {
    return Array.from({ length: size - processed }, (_, p) =>
      vector.reduce((sum, component, j) => sum + this.get(processed + p, j) * component, 0),
    );
  }

  /** The lower triangle of `size` rows, row by row. */
  pack(size: number): Float64Array {
    const rows = Array.from({ length: size }, (_, i) => Array.from({ length: i + 1 }, (_, j) => this.get(i, j)));
    return Float64Array.from(rows.flat());
  }

  static unpack(packed: Float64Array): ProjectedMatrix {
    const matrix = new ProjectedMatrix();
    let next = 0;
    for (let i = 0; next < packed.length; i++) for (let j = 0; j <= i; j++) matrix.set(i, j, packed[next++]);
    return matrix;
  }
}
