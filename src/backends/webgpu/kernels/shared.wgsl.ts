/**
 * A product through workgroup memory, for GPUs: 64 invocations share a square tile of C. Each loads one block of four
 * rows of A and one of four columns of B, four steps of k deep, and writes it k-major, so that the multiplication reads
 * whole vectors: rows shared by a line of invocations, columns side by side.
 */
import { loadSide, overTaps, productModule, setupBlock } from "./frame.wgsl.ts";
import { groupNumber } from "./grid.ts";
import type { Product } from "./product.ts";
import {
  type Axis,
  collectSums,
  declareSums,
  lines,
  type RegisterTile,
  range,
  sumCount,
} from "./register-tile.wgsl.ts";

const sharedWorkgroupSize = 64;
/** Invocations along each side of the tile. */
const across = 8;
const block = { rows: 4, quads: 1 };

/** `side` is the tile's: 32 or 64. */
export function sharedKernel(product: Product, pairs: number, side: number): string {
  const tile: SharedTile = { side, quads: side / 4, depth: (4 * sharedWorkgroupSize) / side };
  const sums: RegisterTile = { rows: side / across, quads: side / across / 4, exchange: false };
  const advance = advanceAll(product, pairs, tile, sums);
  const body = `
let number = ${groupNumber};
let tile = number % tiles;
let slice = number / tiles;
let tileRow = tile / tilesAcross * ${side}u;
let tileQuad = tile % tilesAcross * ${tile.quads}u;
${loaderPlace("a", product.a.axis, tile)}
${loaderPlace("b", product.b.axis, tile)}
${setupBlock(product, block, "tileRow + 4u * aQuad", "tileQuad + bQuad")}
let line = local / ${across}u;
let column = local % ${across}u;
${declareSums(sums)}
let first = slice * sliceSteps;
let last = min(first + sliceSteps, steps);
${product.loop === "taps" ? overTaps(product, block, advance) : `let tap = 0u;\nlet begin = first;\nlet end = last;\n${advance}`}
${collectSums(sums)}
for (var i = 0u; i < ${sumCount(sums)}u; i++) {
let p = i / ${sums.quads}u;
let row = tileRow + 4u * (line + ${across}u * (p / 4u)) + p % 4u;
store(slice, row, tileQuad + column + ${across}u * (i % ${sums.quads}u), sums[i]);
}`;
  const declarations = lines(2, (i) => `var<workgroup> ${"ab"[i]}Tile: array<vec4f, ${4 * tile.depth * tile.quads}>;`);
  return productModule(product, pairs, { declarations, workgroupSize: sharedWorkgroupSize, body });
}

interface SharedTile {
  readonly side: number;
  /** Quads along each side, and steps of k held at once. */
  readonly quads: number;
  readonly depth: number;
}

/** Which block an invocation loads: neighbours take neighbouring addresses. */
const loaderPlace = (name: string, axis: Axis, { quads, depth }: SharedTile): string =>
  axis === "along k"
    ? `let ${name}Depth = local % ${depth}u; let ${name}Quad = local / ${depth}u;`
    : `let ${name}Depth = local / ${quads}u; let ${name}Quad = local % ${quads}u;`;

const advanceAll = (product: Product, pairs: number, tile: SharedTile, sums: RegisterTile): string => `
for (var at = begin; at < end; at += ${tile.depth}u) {
${lines(
  pairs,
  (pair) => `
${fill(product, "a", pair, tile)}
${fill(product, "b", pair, tile)}
workgroupBarrier();
${multiply(tile, sums)}
workgroupBarrier();`,
)}
}`;

/** Writes this invocation's block of one side, k-major: zeros beyond the last step. */
function fill(product: Product, side: "a" | "b", pair: number, { quads }: SharedTile): string {
  const vector = (j: number) =>
    product[side].axis === "across" ? `${side}${j}` : `vec4f(${range(4).map((i) => `${side}${i}.${"xyzw"[j]}`)})`;
  return `{
let step = at + ${side}Depth;
${loadSide(product, block, side, pair)}
${lines(4, (j) => `${side}Tile[(4u * ${side}Depth + ${j}u) * ${quads}u + ${side}Quad] = select(vec4f(), ${vector(j)}, step < end);`)}
}`;
}

const multiply = ({ quads, depth }: SharedTile, sums: RegisterTile): string => `
for (var k = 0u; k < ${4 * depth}u; k++) {
${lines(sums.rows / 4, (g) => `let a${g} = aTile[k * ${quads}u + line + ${across * g}u];`)}
${lines(sums.quads, (q) => `let b${q} = bTile[k * ${quads}u + column + ${across * q}u];`)}
${lines(sums.rows, (p) =>
  lines(sums.quads, (q) => `sum0_${p}_${q} = fma(vec4f(a${p >> 2}.${"xyzw"[p & 3]}), b${q}, sum0_${p}_${q});`),
)}
}`;
