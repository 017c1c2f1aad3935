/** How a set is cut into micro-batches. Every metric of a set is a sum over them. */

export interface MicroBatch {
  readonly size: number;
  /** Positions in the set, int [size]. */
  readonly indices: Int32Array;
}

/** Batches of at most `largest`, as even as can be: their sizes differ by one at most, larger ones first. */
export function evenMicroBatches(count: number, largest: number): MicroBatch[] {
  const batches = Math.ceil(count / largest);
  const small = Math.floor(count / batches);
  const large = count - small * batches;
  return consecutive(Array.from({ length: batches }, (_, i) => (i < large ? small + 1 : small)));
}

/** Batches of `size` and a ragged last one, as a data loader cuts: for results that depend on the composition. */
export function loaderMicroBatches(count: number, size: number): MicroBatch[] {
  const whole = Math.floor(count / size);
  const rest = count - whole * size;
  return consecutive([...Array.from({ length: whole }, () => size), ...(rest > 0 ? [rest] : [])]);
}

function consecutive(sizes: readonly number[]): MicroBatch[] {
  let start = 0;
  return sizes.map((size) => {
    const first = start;
    start += size;
    return { size, indices: Int32Array.from({ length: size }, (_, i) => first + i) };
  });
}

/** Runs of batches of one size, each cut into pieces of at most `largestPiece` batches. */
export function* groupBySize(
  batches: readonly MicroBatch[],
  largestPiece: (size: number) => number,
): Generator<readonly [MicroBatch, ...MicroBatch[]]> {
  for (let start = 0; start < batches.length; ) {
    const first = batches[start];
    const limit = Math.min(batches.length, start + largestPiece(first.size));
    let end = start + 1;
    while (end < limit && batches[end].size === first.size) end++;
    yield [first, ...batches.slice(start + 1, end)];
    start = end;
  }
}
