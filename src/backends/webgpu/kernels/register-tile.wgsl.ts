/**
 * The inner product of the barrier-free kernels: one invocation holds `rows` × `4·quads` sums in registers and advances
 * four steps of k at a time. With `exchange`, four neighbouring invocations share a tile four times as long on both
 * sides: each loads a quarter of the rows and of the columns, and quad swaps bring the other quarters of A by, so that
 * a load serves four invocations. That matters on CPU renderers, where a load costs as much as a dozen multiply-adds.
 */

/** Sums of one invocation. `rows` is a multiple of 4 where A is vectorised across k. */
export interface RegisterTile {
  readonly rows: number;
  readonly quads: number;
  /** Quad swaps among four invocations; needs the `subgroups` feature and subgroups of consecutive invocations. */
  readonly exchange: boolean;
}

/** How an operand's vec4s lie: four steps of k, or four neighbouring rows (of A) or columns (of B). */
export type Axis = "along k" | "across";

export const range = (count: number): number[] => Array.from({ length: count }, (_, i) => i);
/** One line of WGSL for each index below `count`. */
export const lines = (count: number, line: (i: number) => string): string => range(count).map(line).join("\n");

/** Invocations along each side of a tile. */
export const lanes = (tile: RegisterTile): number => (tile.exchange ? 4 : 1);
const swaps = ["", "quadSwapX", "quadSwapY", "quadSwapDiagonal"];

/** Sums of one invocation in vec4s: by partner, row, quad. */
const sumNames = (tile: RegisterTile): string[] =>
  range(lanes(tile)).flatMap((x) => range(tile.rows).flatMap((p) => range(tile.quads).map((q) => `sum${x}_${p}_${q}`)));

export const declareSums = (tile: RegisterTile): string =>
  sumNames(tile)
    .map((name) => `var ${name} = vec4f();`)
    .join("\n");

/**
 * Adds the product of what the operands loaded: `a0…` and `b0…`, `rows` and `4·quads` vec4s. Along k, `a{p}` is row p;
 * across, `a{4·g+j}` is rows 4g…4g+3 at step j. Likewise for b and columns. The four products of a sum are added up
 * before the sum, which rounds less.
 */
export function multiplyAdd(tile: RegisterTile, a: Axis, b: Axis): string {
  const row = (p: number) =>
    a === "along k" ? `a${p}` : `vec4f(${range(4).map((j) => `a${(p & ~3) + j}.${"xyzw"[p & 3]}`)})`;
  const block = (q: number) => `mat4x4f(${range(4).map((i) => `b${4 * q + i}`)})`;
  const product = (q: number, r: string) => (b === "across" ? `${block(q)} * ${r}` : `${r} * ${block(q)}`);
  return range(lanes(tile))
    .flatMap((x) =>
      range(tile.rows).flatMap((p) => [
        `let r${x}_${p} = ${swaps[x]}(${row(p)});`,
        ...range(tile.quads).map((q) => `sum${x}_${p}_${q} += ${product(q, `r${x}_${p}`)};`),
      ]),
    )
    .join("\n");
}

/** Moves the sums into an array, so that one piece of code stores them all: `sums[i]`, at `sumRow` and `sumQuad` of i. */
export const collectSums = (tile: RegisterTile): string => `var sums = array(${sumNames(tile).join(", ")});`;
export const sumCount = (tile: RegisterTile): number => lanes(tile) * tile.rows * tile.quads;

/** Row of `sums[i]`: that of the partner whose rows came by. `lane` and `tileRow` are in scope. */
export const sumRow = ({ rows, quads }: RegisterTile): string =>
  `tileRow + (lane ^ (i / ${rows * quads}u)) * ${rows}u + i / ${quads}u % ${rows}u`;

/** Quad of columns of `sums[i]`; `lane` and `tileQuad` are in scope. */
export const sumQuad = ({ quads }: RegisterTile): string => `tileQuad + lane * ${quads}u + i % ${quads}u`;
