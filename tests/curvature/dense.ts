/** Dense matrices as operators, their spectra by another algorithm (Jacobi), and float64 algebra for checks. */
import type { Backend } from "../../src/backends/backend.ts";
import type { SymmetricOperator } from "../../src/curvature/operator.ts";
import { openRandomStream } from "../../src/data/random.ts";
import { normalSource } from "../../src/models/normal.ts";
import {
  add,
  concat,
  constant,
  input,
  matmul,
  multiply,
  reshape,
  slice,
  transpose,
} from "../../src/tensor/primitives/index.ts";
import type { Program, Value } from "../../src/tensor/program.ts";

export function randomSymmetric(n: number, seed: number): Float64Array[] {
  const draw = normalSource(openRandomStream("direction", seed, 99));
  const rows = Array.from({ length: n }, () => new Float64Array(n));
  for (let r = 0; r < n; r++) for (let c = 0; c <= r; c++) rows[r][c] = rows[c][r] = draw();
  return rows;
}

/** Q diag(values) Qᵀ with Q a product of random reflections. */
export function withSpectrum(values: readonly number[], seed: number): Float64Array[] {
  const n = values.length;
  const draw = normalSource(openRandomStream("direction", seed, 98));
  let matrix: Float64Array[] = values.map((value, r) =>
    Float64Array.from({ length: n }, (_, c) => (r === c ? value : 0)),
  );
  for (let turn = 0; turn < 3; turn++) {
    const u = Float64Array.from({ length: n }, draw);
    const square = dotOf(u, u);
    const reflect = (rows: Float64Array[]) =>
      rows.map((row) => {
        const factor = (2 * dotOf(row, u)) / square;
        return row.map((entry, c) => entry - factor * u[c]);
      });
    matrix = transposed(reflect(transposed(reflect(matrix))));
  }
  return matrix;
}

const transposed = (rows: readonly Float64Array[]): Float64Array[] =>
  rows.map((_, c) => Float64Array.from(rows, (row) => row[c]));

export const dotOf = (a: ArrayLike<number>, b: ArrayLike<number>): number =>
  Array.from(a).reduce((sum, value, i) => sum + value * b[i], 0);

export const normOf = (a: ArrayLike<number>): number => Math.sqrt(dotOf(a, a));

export const timesVector = (rows: readonly ArrayLike<number>[], v: ArrayLike<number>): Float64Array =>
  Float64Array.from(rows, (row) => dotOf(row, v));

/** Eigenvalues by cyclic Jacobi rotations, descending. */
export function jacobiEigenvalues(matrix: readonly ArrayLike<number>[]): number[] {
  const a = matrix.map((row) => Float64Array.from(row));
  const n = a.length;
  for (let sweep = 0; sweep < 30; sweep++) {
    let off = 0;
    for (let p = 0; p < n; p++) {
      for (let q = p + 1; q < n; q++) {
        off += a[p][q] ** 2;
        if (a[p][q] === 0) continue;
        const theta = (a[q][q] - a[p][p]) / (2 * a[p][q]);
        const t = Math.sign(theta || 1) / (Math.abs(theta) + Math.hypot(theta, 1));
        const c = 1 / Math.hypot(t, 1);
        const s = t * c;
        for (let k = 0; k < n; k++) [a[k][p], a[k][q]] = [c * a[k][p] - s * a[k][q], s * a[k][p] + c * a[k][q]];
        for (let k = 0; k < n; k++) [a[p][k], a[q][k]] = [c * a[p][k] - s * a[q][k], s * a[p][k] + c * a[q][k]];
      }
    }
    if (off < 1e-28) break;
  }
  return a.map((row, i) => row[i]).sort((x, y) => y - x);
}

/** An operator whose product with one vector is `product`, traced. `columns` vectors at a time. */
async function tracedOperator(
  backend: Backend,
  n: number,
  columns: number,
  data: Float64Array,
  shape: readonly number[],
  product: (matrix: Value, vector: Value) => Value,
): Promise<SymmetricOperator> {
  const float = (size: readonly number[], values?: Float64Array) =>
    backend.createTensor({ dtype: "float", shape: size }, values);
  const matrix = float(shape, data);
  const vectors = Array.from({ length: columns }, () => float([n]));
  const products = Array.from({ length: columns }, () => float([n]));
  const program = (): Program => {
    const inputs = { matrix: input({ dtype: "float", shape }), vector: input({ dtype: "float", shape: [n] }) };
    return { inputs, outputs: { product: product(inputs.matrix, inputs.vector) } };
  };
  const executables = await Promise.all(
    vectors.map((vector, i) =>
      backend.compile(program(), { inputs: { matrix, vector }, outputs: { product: products[i] } }),
    ),
  );
  return {
    backend,
    length: n,
    support: [{ start: 0, length: n }],
    dimension: n,
    flop: 2 * data.length,
    vectors,
    products,
    async apply(count, signal) {
      signal?.throwIfAborted();
      for (const executable of executables.slice(0, count)) await executable.run([{}]);
    },
    dispose() {
      for (const executable of executables) executable.dispose();
      for (const tensor of [matrix, ...vectors, ...products]) tensor.dispose();
    },
  };
}

export function denseOperator(
  backend: Backend,
  rows: readonly Float64Array[],
  columns = 1,
): Promise<SymmetricOperator> {
  const n = rows.length;
  const data = Float64Array.from(rows.flatMap((row) => Array.from(row)));
  return tracedOperator(backend, n, columns, data, [n, n], (matrix, vector) =>
    reshape(matmul(matrix, reshape(vector, [n, 1])), [n]),
  );
}

/** diag(spikes, 0 …) + ZZᵀ/n, which is never formed: Papyan's synthetic matrix (2019) where the spikes are 5, 4, 3. */
export function spikedOperator(
  backend: Backend,
  z: Float64Array,
  n: number,
  spikes: readonly number[],
): Promise<SymmetricOperator> {
  return tracedOperator(backend, n, 1, z, [n, n], (matrix, vector) => {
    const inner = matmul(transpose(matrix, [1, 0]), reshape(vector, [n, 1]));
    const bulk = multiply(reshape(matmul(matrix, inner), [n]), 1 / n);
    const lifted = spikes.map((spike, i) => multiply(slice(vector, [i], [1]), spike));
    return add(bulk, concat([...lifted, constant(0, [n - spikes.length])], 0));
  });
}

export function diagonalOperator(backend: Backend, values: readonly number[], columns = 1): Promise<SymmetricOperator> {
  const n = values.length;
  return tracedOperator(backend, n, columns, Float64Array.from(values), [n], multiply);
}
