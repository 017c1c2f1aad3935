/**
 * The values of a surface as whoever asked for it collects them: typed arrays, mutated by tiles as they arrive. `revision`
 * counts the changes, so that a reader knows whether to look again.
 */
import { axisValues, type GridAxis } from "./grid.ts";
import type { MeasuredCells, SurfaceValues } from "./surface.ts";

export class ProgressiveGrid implements SurfaceValues {
  readonly columns: number;
  readonly rows: number;
  readonly alpha: Float64Array;
  readonly beta: Float64Array;
  readonly loss: Float64Array;
  readonly lossError: Float64Array;
  readonly accuracy: Float64Array;
  readonly measured: Uint8Array;
  measuredCount = 0;
  revision = 0;

  /** Absent `beta`: a line, one row at β = 0. */
  constructor(alpha: GridAxis, beta: GridAxis | null) {
    this.alpha = axisValues(alpha);
    this.beta = beta ? axisValues(beta) : Float64Array.of(0);
    this.columns = this.alpha.length;
    this.rows = this.beta.length;
    const size = this.columns * this.rows;
    this.loss = new Float64Array(size).fill(Number.NaN);
    this.lossError = new Float64Array(size).fill(Number.NaN);
    this.accuracy = new Float64Array(size).fill(Number.NaN);
    this.measured = new Uint8Array(size);
  }

  static fromValues(values: SurfaceValues): ProgressiveGrid {
    const axis = (coordinates: Float64Array): GridAxis => ({
      min: coordinates[0],
      max: coordinates[coordinates.length - 1],
      count: coordinates.length,
    });
    const grid = new ProgressiveGrid(axis(values.alpha), values.rows > 1 ? axis(values.beta) : null);
    grid.loss.set(values.loss);
    grid.lossError.set(values.lossError);
    grid.accuracy.set(values.accuracy);
    grid.measured.set(values.measured);
    grid.measuredCount = grid.measured.reduce((sum, flag) => sum + flag, 0);
    grid.revision = 1;
    return grid;
  }

  /** A copy, which later tiles leave as it is. */
  snapshot(): SurfaceValues {
    const { columns, rows, alpha, beta, loss, lossError, accuracy, measured } = this;
    const values = { loss: loss.slice(), lossError: lossError.slice(), accuracy: accuracy.slice() };
    return { columns, rows, alpha, beta, ...values, measured: measured.slice() };
  }

  get size(): number {
    return this.columns * this.rows;
  }

  /** Cells outside the grid are ignored. */
  apply(tile: MeasuredCells): void {
    tile.cells.forEach((cell, index) => {
      if (cell >= this.size) return;
      if (!this.measured[cell]) this.measuredCount += 1;
      this.measured[cell] = 1;
      this.loss[cell] = tile.loss[index];
      this.lossError[cell] = tile.lossError[index];
      this.accuracy[cell] = tile.accuracy[index];
    });
    this.revision += 1;
  }

  /** This grid's measured values at the points that `other` shares exactly, under the other's indices. */
  knownIn(other: ProgressiveGrid): MeasuredCells {
    const columnOf = matchCoordinates(this.alpha, other.alpha);
    const rowOf = matchCoordinates(this.beta, other.beta);
    const pairs: [mine: number, theirs: number][] = [];
    for (let row = 0; row < this.rows; row++) {
      for (let column = 0; column < this.columns; column++) {
        const mine = row * this.columns + column;
        const theirRow = rowOf[row];
        const theirColumn = columnOf[column];
        if (this.measured[mine] && theirRow >= 0 && theirColumn >= 0) {
          pairs.push([mine, theirRow * other.columns + theirColumn]);
        }
      }
    }
    return {
      cells: Uint32Array.from(pairs, ([, theirs]) => theirs),
      loss: Float64Array.from(pairs, ([mine]) => this.loss[mine]),
      lossError: Float64Array.from(pairs, ([mine]) => this.lossError[mine]),
      accuracy: Float64Array.from(pairs, ([mine]) => this.accuracy[mine]),
    };
  }
}

/** The cell at α = β = 0, or −1 when the centre is no grid point. A line lies at β = 0 whatever its row says. */
export function centreCell(grid: ProgressiveGrid): number {
  const zero = (coordinates: Float64Array) => coordinates.findIndex((value) => Math.abs(value) < 1e-12);
  const column = zero(grid.alpha);
  const row = grid.rows === 1 ? 0 : zero(grid.beta);
  return column < 0 || row < 0 ? -1 : row * grid.columns + column;
}

/** For each coordinate of `from`, the index of the same one in `to`, or −1. Equal up to rounding of the grid formula. */
function matchCoordinates(from: Float64Array, to: Float64Array): Int32Array {
  const step = to.length > 1 ? Math.abs(to[1] - to[0]) : 1;
  return Int32Array.from(from, (value) => {
    const index = to.length > 1 ? Math.round((value - to[0]) / (to[1] - to[0])) : 0;
    const candidate = to[index];
    return candidate !== undefined && Math.abs(candidate - value) < 1e-9 * Math.max(step, 1) ? index : -1;
  });
}
