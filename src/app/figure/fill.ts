/**
 * Values for the cells that are not measured yet, interpolated from those that are: pull–push over a pyramid of grid
 * vertices (after Gortler et al. 1996, section 3.4), which is bilinear interpolation when the measured cells form a
 * coarse lattice. Measured cells keep their values. A drawing aid only: filled cells are never reported as results.
 */
import { lattices } from "../../experiment/grid.ts";

/** Grid indices of each level, finest first. Surfaces are measured by the same lattices: every finished pass is a level. */
const pyramidIndices = (count: number): Int32Array[] => lattices(count).toReversed();

interface Level {
  readonly columns: Int32Array;
  readonly rows: Int32Array;
  readonly values: Float64Array;
  readonly known: Uint8Array;
}

/** Overwrites `values` where `known` is 0. Returns whether anything was known at all (if not, nothing is changed). */
export function fillUnknown(values: Float64Array, known: Uint8Array, columnCount: number, rowCount: number): boolean {
  if (!known.includes(1)) return false;
  const columnLevels = pyramidIndices(columnCount);
  const rowLevels = pyramidIndices(rowCount);
  const depth = Math.max(columnLevels.length, rowLevels.length);
  const pick = (levels: Int32Array[], level: number) => levels[Math.min(level, levels.length - 1)];
  const levels: Level[] = [{ columns: columnLevels[0], rows: rowLevels[0], values, known: Uint8Array.from(known) }];
  for (let level = 1; level < depth; level++) {
    levels.push(pull(levels[level - 1], pick(columnLevels, level), pick(rowLevels, level)));
  }
  completeByDistance(levels[depth - 1]);
  for (let level = depth - 1; level > 0; level--) push(levels[level], levels[level - 1]);
  return true;
}

function pull(finer: Level, columns: Int32Array, rows: Int32Array): Level {
  const values = new Float64Array(columns.length * rows.length);
  const known = new Uint8Array(values.length);
  const rowAt = positions(finer.rows, rows);
  const columnAt = positions(finer.columns, columns);
  for (let row = 0; row < rows.length; row++) {
    for (let column = 0; column < columns.length; column++) {
      let sum = 0;
      let total = 0;
      const own = rowAt[row] * finer.columns.length + columnAt[column];
      if (finer.known[own]) {
        sum = finer.values[own];
        total = 1;
      } else {
        for (let y = (rowAt[row - 1] ?? -1) + 1; y < (rowAt[row + 1] ?? finer.rows.length); y++) {
          const rowWeight = 1 / (1 + Math.abs(finer.rows[y] - rows[row]));
          for (let x = (columnAt[column - 1] ?? -1) + 1; x < (columnAt[column + 1] ?? finer.columns.length); x++) {
            const cell = y * finer.columns.length + x;
            if (!finer.known[cell]) continue;
            const weight = rowWeight / (1 + Math.abs(finer.columns[x] - columns[column]));
            sum += weight * finer.values[cell];
            total += weight;
          }
        }
      }
      const cell = row * columns.length + column;
      known[cell] = total > 0 ? 1 : 0;
      values[cell] = total > 0 ? sum / total : 0;
    }
  }
  return { columns, rows, values, known };
}

/** Where each of `coarse` stands in `fine`, which contains it. */
function positions(fine: Int32Array, coarse: Int32Array): Int32Array {
  return coarse.map((index) => fine.indexOf(index));
}

/** The coarsest level has at most nine vertices: unknown ones take the known ones by inverse squared distance. */
function completeByDistance({ columns, rows, values, known }: Level): void {
  const missing = [...known.keys()].filter((cell) => !known[cell]);
  const present = [...known.keys()].filter((cell) => known[cell]);
  const place = (cell: number) => [columns[cell % columns.length], rows[Math.floor(cell / columns.length)]] as const;
  for (const cell of missing) {
    const [x, y] = place(cell);
    let sum = 0;
    let total = 0;
    for (const other of present) {
      const [otherX, otherY] = place(other);
      const weight = 1 / ((otherX - x) ** 2 + (otherY - y) ** 2);
      sum += weight * values[other];
      total += weight;
    }
    values[cell] = sum / total;
    known[cell] = 1;
  }
}

function push(coarse: Level, finer: Level): void {
  const [left, horizontal] = brackets(finer.columns, coarse.columns);
  const [below, vertical] = brackets(finer.rows, coarse.rows);
  const stride = coarse.columns.length;
  for (let row = 0; row < finer.rows.length; row++) {
    const low = below[row] * stride;
    const high = Math.min(below[row] + 1, coarse.rows.length - 1) * stride;
    for (let column = 0; column < finer.columns.length; column++) {
      const cell = row * finer.columns.length + column;
      if (finer.known[cell]) continue;
      const x0 = left[column];
      const x1 = Math.min(x0 + 1, stride - 1);
      const x = horizontal[column];
      const bottom = coarse.values[low + x0] * (1 - x) + coarse.values[low + x1] * x;
      const top = coarse.values[high + x0] * (1 - x) + coarse.values[high + x1] * x;
      finer.values[cell] = bottom * (1 - vertical[row]) + top * vertical[row];
      finer.known[cell] = 1;
    }
  }
}

/** For each fine index the coarse vertex at or before it, and how far on towards the next it lies, 0 to 1. */
function brackets(fine: Int32Array, coarse: Int32Array): [Int32Array, Float64Array] {
  const before = new Int32Array(fine.length);
  const fraction = new Float64Array(fine.length);
  let entry = 0;
  fine.forEach((index, position) => {
    while (entry + 1 < coarse.length && coarse[entry + 1] <= index) entry += 1;
    before[position] = entry;
    const next = coarse[entry + 1];
    fraction[position] = next === undefined ? 0 : (index - coarse[entry]) / (next - coarse[entry]);
  });
  return [before, fraction];
}
