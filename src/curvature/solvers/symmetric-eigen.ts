/**
 * Eigenvalues and eigenvectors of a small symmetric matrix in float64: Householder tridiagonalisation, then implicit QL
 * (Bowdler, Martin, Reinsch & Wilkinson 1968). Blocks between which the matrix is exactly zero stay apart.
 */

export interface SymmetricEigen {
  /** Ascending. */
  readonly values: Float64Array;
  /** vectors[i][j] is component j of the unit eigenvector of values[i]. */
  readonly vectors: readonly Float64Array[];
}

const maxIterations = 60;

/**
 * Eigenvalues and eigenvectors of `matrix`, rows [n][n]. Throws RangeError when an entry is not finite or the iteration
 * does not end.
 */
export function symmetricEigen(matrix: readonly ArrayLike<number>[]): SymmetricEigen {
  const v = matrix.map((row) => Float64Array.from(row));
  if (v.some((row) => !row.every(Number.isFinite))) throw new RangeError("A matrix with entries that are not finite.");
  const diagonal = new Float64Array(v.length);
  const offDiagonal = new Float64Array(v.length);
  tridiagonalize(v, diagonal, offDiagonal);
  diagonalize(v, diagonal, offDiagonal);
  const order = Array.from(diagonal, (_, i) => i).sort((a, b) => diagonal[a] - diagonal[b]);
  return {
    values: Float64Array.from(order, (i) => diagonal[i]),
    vectors: order.map((i) => Float64Array.from(v, (row) => row[i])),
  };
}

/** d and e become the tridiagonal matrix, v the orthogonal transformation to it. */
function tridiagonalize(v: Float64Array[], d: Float64Array, e: Float64Array): void {
  const n = v.length;
  for (let j = 0; j < n; j++) d[j] = v[n - 1][j];
  for (let i = n - 1; i > 0; i--) {
    let scale = 0;
    let h = 0;
    for (let k = 0; k < i; k++) scale += Math.abs(d[k]);
    if (scale === 0) {
      e[i] = d[i - 1];
      for (let j = 0; j < i; j++) {
        d[j] = v[i - 1][j];
        v[i][j] = 0;
        v[j][i] = 0;
      }
    } else {
      for (let k = 0; k < i; k++) {
        d[k] /= scale;
        h += d[k] * d[k];
      }
      h = reflect(v, d, e, i, scale, h);
    }
    d[i] = h;
  }
  accumulate(v, d, e);
}

/** Applies the Householder reflection of row `i` to the rows above. Returns its h. */
function reflect(
  v: Float64Array[],
  d: Float64Array,
  e: Float64Array,
  i: number,
  scale: number,
  square: number,
): number {
  const f = d[i - 1];
  const g = f > 0 ? -Math.sqrt(square) : Math.sqrt(square);
  e[i] = scale * g;
  const h = square - f * g;
  d[i - 1] = f - g;
  e.fill(0, 0, i);
  for (let j = 0; j < i; j++) {
    v[j][i] = d[j];
    let sum = e[j] + v[j][j] * d[j];
    for (let k = j + 1; k < i; k++) {
      sum += v[k][j] * d[k];
      e[k] += v[k][j] * d[j];
    }
    e[j] = sum;
  }
  let product = 0;
  for (let j = 0; j < i; j++) {
    e[j] /= h;
    product += e[j] * d[j];
  }
  const half = product / (h + h);
  for (let j = 0; j < i; j++) e[j] -= half * d[j];
  for (let j = 0; j < i; j++) {
    for (let k = j; k < i; k++) v[k][j] -= d[j] * e[k] + e[j] * d[k];
    d[j] = v[i - 1][j];
    v[i][j] = 0;
  }
  return h;
}

function accumulate(v: Float64Array[], d: Float64Array, e: Float64Array): void {
  const n = v.length;
  for (let i = 0; i < n - 1; i++) {
    v[n - 1][i] = v[i][i];
    v[i][i] = 1;
    const h = d[i + 1];
    if (h !== 0) {
      for (let k = 0; k <= i; k++) d[k] = v[k][i + 1] / h;
      for (let j = 0; j <= i; j++) {
        let sum = 0;
        for (let k = 0; k <= i; k++) sum += v[k][i + 1] * v[k][j];
        for (let k = 0; k <= i; k++) v[k][j] -= sum * d[k];
      }
    }
    for (let k = 0; k <= i; k++) v[k][i + 1] = 0;
  }
  for (let j = 0; j < n; j++) {
    d[j] = v[n - 1][j];
    v[n - 1][j] = 0;
  }
  if (n > 0) v[n - 1][n - 1] = 1;
  e[0] = 0;
}

/** Turns the tridiagonal matrix (d, e) into its eigenvalues d, and v into eigenvectors by column. */
function diagonalize(v: Float64Array[], d: Float64Array, e: Float64Array): void {
  const n = v.length;
  e.copyWithin(0, 1);
  if (n > 0) e[n - 1] = 0;
  for (let l = 0; l < n; l++) {
    for (let iteration = 0; ; iteration++) {
      let m = l;
      while (m < n - 1 && Math.abs(e[m]) > Number.EPSILON * (Math.abs(d[m]) + Math.abs(d[m + 1]))) m++;
      if (m === l) break;
      if (iteration === maxIterations) throw new RangeError("The QL iteration does not end.");
      rotate(v, d, e, l, m);
    }
  }
}

/** One implicit QL sweep over rows l … m. */
function rotate(v: Float64Array[], d: Float64Array, e: Float64Array, l: number, m: number): void {
  let g = (d[l + 1] - d[l]) / (2 * e[l]);
  let r = Math.hypot(g, 1);
  g = d[m] - d[l] + e[l] / (g + (g < 0 ? -r : r));
  let [sine, cosine, p] = [1, 1, 0];
  let i = m - 1;
  for (; i >= l; i--) {
    const f = sine * e[i];
    const b = cosine * e[i];
    r = Math.hypot(f, g);
    e[i + 1] = r;
    if (r === 0) {
      d[i + 1] -= p;
      e[m] = 0;
      break;
    }
    sine = f / r;
    cosine = g / r;
    g = d[i + 1] - p;
    r = (d[i] - g) * sine + 2 * cosine * b;
    p = sine * r;
    d[i + 1] = g + p;
    g = cosine * r - b;
    for (const row of v) {
      const right = row[i + 1];
      row[i + 1] = sine * row[i] + cosine * right;
      row[i] = cosine * row[i] - sine * right;
    }
  }
  if (r === 0 && i >= l) return;
  d[l] -= p;
  e[l] = g;
  e[m] = 0;
}
