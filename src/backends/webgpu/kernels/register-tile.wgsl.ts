/**
 * The inner product of the barrier-free kernels: one invocation holds `rows` × `4·quads` sums in registers and advances
 * four steps of k at a time. With `exchange`, four neighbouring invocations work on one tile four times as long on both
 * sides: each loads a quarter of the rows and of the columns, and quad swaps bring the other quarters by, so that a
 * load serves four invocations. That matters on CPU renderers, where a load costs as much as a hundred multiply-adds.
 */

/** Sums of one invocation. `rows` is a multiple of 4 where an operand is vectorised along m. */
export interface RegisterTile {
  readonly rows: number;
  readonly quads: number;
  /** Quad swaps among four invocations; needs the `subgroups` feature and subgroups of consecutive invocations. */
  readonly exchange: boolean;
}

/** How an operand's vec4s lie: four steps of k, or four neighbouring rows (of A) or columns (of B). */
export type Axis = "along k" | "across";

const lanesOf = "xyzw";
const swaps = ["", "quadSwapX", "quadSwapY", "quadSwapDiagonal"];

export const range = (count: number): number[] => Array.from({ length: count }, (_, i) => i);
/** One line of WGSL for each index below `count`. */
export const lines = (count: number, line: (i: number) => string): string => range(count).map(line).join("\n");

/** Invocations along one side of a tile. */
export const lanes = (tile: RegisterTile): number => (tile.exchange ? 4 : 1);
const partners = (tile: RegisterTile): number[] => range(lanes(tile));
/** The operand that travels is the one with fewer vec4s. */
const rowsTravel = (tile: RegisterTile): boolean => tile.rows < 4 * tile.quads;

/** Declares the sums. */
export const declareSums = (tile: RegisterTile): string =>
  partners(tile)
    .flatMap((x) => range(tile.rows).map((p) => range(tile.quads).map((q) => `var sum${x}_${p}_${q} = vec4f();`)))
    .flat()
    .join("\n");

/**
 * Adds the product of what the operands loaded: `a0…` and `b0…`, `rows` and `4·quads` vec4s. Along k, `a{p}` is row p;
 * across, `a{4·g+j}` is rows 4g…4g+3 at step j. Likewise for b and columns.
 */
export function multiplyAdd(tile: RegisterTile, a: Axis, b: Axis): string {
  const [name, count] = rowsTravel(tile) ? ["a", tile.rows] : ["b", 4 * tile.quads];
  const travelling = tile.exchange
    ? lines(
        3 * count,
        (i) =>
          `let ${name}${i % count}_${1 + Math.floor(i / count)} = ${swaps[1 + Math.floor(i / count)]}(${name}${i % count});`,
      )
    : "";
  const at = (operand: string, x: number) => (i: number) => `${operand}${i}${operand === name && x > 0 ? `_${x}` : ""}`;
  const row = (x: number, p: number, j: number) =>
    a === "along k" ? `${at("a", x)(p)}.${lanesOf[j]}` : `${at("a", x)((p & ~3) + j)}.${lanesOf[p & 3]}`;
  const columns = (x: number, q: number, j: number) =>
    b === "across" ? at("b", x)(4 * q + j) : `vec4f(${range(4).map((n) => `${at("b", x)(4 * q + n)}.${lanesOf[j]}`)})`;
  const sums = range(4).flatMap((j) =>
    partners(tile).flatMap((x) =>
      range(tile.rows).flatMap((p) =>
        range(tile.quads).map((q) => {
          const sum = `sum${x}_${p}_${q}`;
          return `${sum} = fma(vec4f(${row(x, p, j)}), ${columns(x, q, j)}, ${sum});`;
        }),
      ),
    ),
  );
  return [travelling, ...sums].join("\n");
}

/** Hands each sum to `store(row, quad, value)`. `lane`, `tileRow` and `tileQuad` are in scope. */
export const storeSums = (tile: RegisterTile, store: (row: string, quad: string, value: string) => string): string =>
  partners(tile)
    .flatMap((x) => {
      const other = `(lane ^ ${x}u)`;
      const [rowLane, quadLane] = rowsTravel(tile) ? [other, "lane"] : ["lane", other];
      return range(tile.rows).flatMap((p) =>
        range(tile.quads).map((q) =>
          store(
            `tileRow + ${rowLane} * ${tile.rows}u + ${p}u`,
            `tileQuad + ${quadLane} * ${tile.quads}u + ${q}u`,
            `sum${x}_${p}_${q}`,
          ),
        ),
      );
    })
    .join("\n");
