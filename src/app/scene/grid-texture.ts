/** A float texture over a grid, RGBA a vertex. New values go up row by row where few rows have changed, else as a whole. */
import { DataTexture, FloatType, NearestFilter, RGBAFormat } from "three";

const channels = 4;
/** Above this share of the rows one upload of all is less work. */
const wholeFrom = 0.5;

export class GridTexture extends DataTexture {
  /** The whole of it is still to be uploaded, whatever changes before the next picture. */
  #awaitsWhole = true;
  #texels: Float32Array<ArrayBuffer>;

  constructor(texels: Float32Array<ArrayBuffer>, columns: number, rows: number) {
    super(texels, columns, rows, RGBAFormat, FloatType);
    this.#texels = texels;
    this.minFilter = NearestFilter;
    this.magFilter = NearestFilter;
    this.needsUpdate = true;
    this.onUpdate = () => {
      this.#awaitsWhole = false;
    };
  }

  fits(columns: number, rows: number): boolean {
    return this.image.width === columns && this.image.height === rows;
  }

  /** Takes texels of the same size. The array is kept, and must not change afterwards. */
  write(texels: Float32Array<ArrayBuffer>): void {
    const rowLength = this.image.width * channels;
    const changed = this.#awaitsWhole ? [] : changedRows(this.#texels, texels, rowLength);
    if (!this.#awaitsWhole && changed.length === 0) return;
    if (changed.length > wholeFrom * this.image.height) {
      this.clearUpdateRanges();
      this.#awaitsWhole = true;
    } else for (const row of changed) this.addUpdateRange(row * rowLength, rowLength);
    this.image.data = texels;
    this.#texels = texels;
    this.needsUpdate = true;
  }
}

/** Rows of `rowLength` numbers in which the two differ. A value that is not a number differs from itself. */
export function changedRows(before: Float32Array, after: Float32Array, rowLength: number): number[] {
  const rows: number[] = [];
  for (let row = 0, at = 0; at < after.length; row++, at += rowLength) {
    for (let index = at; index < at + rowLength; index++) {
      if (before[index] === after[index]) continue;
      rows.push(row);
      break;
    }
  }
  return rows;
}
