/** Moving numbers about on the heap. Positions and strides count elements of the array given. */
import { elementCount, type Shape } from "../../../../tensor/program.ts";

type HeapArray = Float32Array | Int32Array | Uint8Array;

/** Elements between neighbours along each axis, row-major. */
export function stridesOf(shape: Shape): number[] {
  const strides = shape.map(() => 1);
  for (let axis = shape.length - 2; axis >= 0; axis--) strides[axis] = strides[axis + 1] * shape[axis + 1];
  return strides;
}

/** Where a copy begins, and its step along each axis. */
export interface Layout {
  readonly start: number;
  readonly strides: readonly number[];
}

/** Runs shorter than this are copied faster one by one than by a call. */
const shortRun = 24;

export function copyRun(heap: HeapArray, source: number, target: number, length: number): void {
  if (length >= shortRun) heap.copyWithin(target, source, source + length);
  else for (let i = 0; i < length; i++) heap[target + i] = heap[source + i];
}

/** Copies a block of `shape`. */
export function copyStrided(heap: HeapArray, shape: Shape, source: Layout, target: Layout): void {
  if (elementCount(shape) === 0) return;
  const last = shape.length - 1;
  const along = (axis: number, from: number, to: number): void => {
    if (axis > last) {
      heap[to] = heap[from];
      return;
    }
    const [size, sourceStride, targetStride] = [shape[axis], source.strides[axis], target.strides[axis]];
    if (axis < last) for (let i = 0; i < size; i++) along(axis + 1, from + i * sourceStride, to + i * targetStride);
    else if (sourceStride === 1 && targetStride === 1) copyRun(heap, from, to, size);
    else for (let i = 0; i < size; i++) heap[to + i * targetStride] = heap[from + i * sourceStride];
  };
  along(0, source.start, target.start);
}

/** Side of the square blocks in which matrices are transposed, so that both sides stay in the cache. */
const blockSide = 32;

/** Matrix [rows, columns] → [columns, rows]. */
export function transposeMatrix(heap: HeapArray, source: number, rows: number, columns: number, target: number): void {
  for (let firstRow = 0; firstRow < rows; firstRow += blockSide) {
    const lastRow = Math.min(rows, firstRow + blockSide);
    for (let firstColumn = 0; firstColumn < columns; firstColumn += blockSide) {
      const lastColumn = Math.min(columns, firstColumn + blockSide);
      for (let column = firstColumn; column < lastColumn; column++) {
        for (let row = firstRow; row < lastRow; row++) {
          heap[target + column * rows + row] = heap[source + row * columns + column];
        }
      }
    }
  }
}

/** target += source. */
export function addRun(heap: Float32Array, source: number, target: number, length: number): void {
  for (let i = 0; i < length; i++) heap[target + i] += heap[source + i];
}
