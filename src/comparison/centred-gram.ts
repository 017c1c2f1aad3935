/**
 * Inner products of many long vectors less their mean, in one pass over memory: a block of columns at a time is centred in
 * float64, and stays in the processor's cache while all products of it are formed.
 */
import { yieldToEvents } from "../execution/yield-to-events.ts";

export interface PassOptions {
  readonly signal?: AbortSignal;
  /** How far the pass is, from 0 to 1, a few times a second. */
  onProgress?(fraction: number): void;
}

/** 1024 columns of 40 vectors are 320 KiB. */
const blockLength = 1024;
const yieldEveryMs = 30;

/**
 * [n][n] of n vectors of one length, float64 sums of exact differences. Rejects with the signal's reason. The vectors
 * must not change meanwhile.
 */
export async function centredGram(
  vectors: readonly Float32Array[],
  { signal, onProgress }: PassOptions = {},
): Promise<Float64Array[]> {
  const n = vectors.length;
  const length = vectors[0]?.length ?? 0;
  const gram = Array.from({ length: n }, () => new Float64Array(n));
  const block = Array.from({ length: n + (n % 2) }, () => new Float64Array(blockLength));
  let yieldedMs = performance.now();
  for (let start = 0; start < length; start += blockLength) {
    const width = Math.min(blockLength, length - start);
    fillCentred(block, vectors, start, width);
    for (let i = 0; i < n; i += 2) for (let j = i; j < n; j += 2) addProducts(gram, block, i, j, width);
    if (performance.now() - yieldedMs < yieldEveryMs) continue;
    onProgress?.((start + width) / length);
    await yieldToEvents();
    signal?.throwIfAborted();
    yieldedMs = performance.now();
  }
  for (let i = 0; i < n; i++) for (let j = 0; j < i; j++) gram[i][j] = gram[j][i];
  return gram;
}

function fillCentred(
  block: readonly Float64Array[],
  vectors: readonly Float32Array[],
  start: number,
  width: number,
): void {
  const n = vectors.length;
  const mean = new Float64Array(width);
  // From the last vector on, as near the rest as they are to each other: the mean of small numbers is exact enough.
  const last = vectors[n - 1];
  for (let i = 0; i < n; i++) {
    const [row, vector] = [block[i], vectors[i]];
    for (let k = 0; k < width; k++) {
      const offset = vector[start + k] - last[start + k];
      row[k] = offset;
      mean[k] += offset;
    }
  }
  for (let k = 0; k < width; k++) mean[k] /= n;
  for (let i = 0; i < n; i++) {
    const row = block[i];
    for (let k = 0; k < width; k++) row[k] -= mean[k];
  }
}

/** Two rows times two: every number that is read serves two products. Rows beyond the last vector are zero. */
function addProducts(
  gram: readonly Float64Array[],
  block: readonly Float64Array[],
  i: number,
  j: number,
  width: number,
): void {
  const a = block[i];
  const b = block[i + 1];
  const c = block[j];
  const d = block[j + 1];
  let ac = 0;
  let ad = 0;
  let bc = 0;
  let bd = 0;
  for (let k = 0; k < width; k++) {
    ac += a[k] * c[k];
    ad += a[k] * d[k];
    bc += b[k] * c[k];
    bd += b[k] * d[k];
  }
  const n = gram.length;
  gram[i][j] += ac;
  if (j + 1 < n) gram[i][j + 1] += ad;
  if (i + 1 < n && j > i) gram[i + 1][j] += bc;
  if (i + 1 < n && j + 1 < n) gram[i + 1][j + 1] += bd;
}
