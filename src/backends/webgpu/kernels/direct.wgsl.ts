/**
 * A product without workgroup memory or barriers: every invocation loads what it multiplies. Tiles are repeated for
 * every slice of k, so that a product with few outputs still fills the device: each slice writes its own partial sums.
 */
import { loadBlock, overTaps, productModule, setupBlock, startPixel } from "./frame.wgsl.ts";
import { invocationNumber } from "./grid.ts";
import type { Product } from "./product.ts";
import {
  collectSums,
  declareSums,
  lanes,
  lines,
  multiplyAdd,
  type RegisterTile,
  sumCount,
  sumQuad,
  sumRow,
} from "./register-tile.wgsl.ts";

export const directWorkgroupSize = 32;

/** The invocations of a quad share tile and slice, which is all that quad swaps ask; the analysis cannot see that. */
const subgroupDirectives = "enable subgroups;\ndiagnostic(off, subgroup_uniformity);\n";

export function directKernel(product: Product, pairs: number, tile: RegisterTile): string {
  const side = lanes(tile);
  const body = `
let number = ${invocationNumber(directWorkgroupSize)};
let lane = number % ${side}u;
let tile = number / ${side}u % tiles;
let slice = number / ${side}u / tiles;
let tileRow = tile / tilesAcross * ${side * tile.rows}u;
let tileQuad = tile % tilesAcross * ${side * tile.quads}u;
${setupBlock(product, tile, `tileRow + lane * ${tile.rows}u`, `tileQuad + lane * ${tile.quads}u`)}
${declareSums(tile)}
let first = slice * sliceSteps;
let last = min(first + sliceSteps, steps);
${product.loop === "taps" ? tapLoop(product, pairs, tile) : pixelLoop(product, pairs, tile)}
${collectSums(tile)}
for (var i = 0u; i < ${sumCount(tile)}u; i++) { store(slice, ${sumRow(tile)}, ${sumQuad(tile)}, sums[i]); }`;
  const directives = tile.exchange ? subgroupDirectives : "";
  return productModule(product, pairs, { directives, workgroupSize: directWorkgroupSize, body });
}

const step = (product: Product, tile: RegisterTile, pair: number): string => `{
${loadBlock(product, tile, pair)}
${multiplyAdd(tile, product.a.axis, product.b.axis)}
}`;

const tapLoop = (product: Product, pairs: number, tile: RegisterTile): string =>
  overTaps(
    product,
    tile,
    `for (var step = begin; step < end; step++) {\n${lines(pairs, (pair) => step(product, tile, pair))}\n}`,
  );

const pixelLoop = (product: Product, pairs: number, tile: RegisterTile): string => `
let tap = 0u;
${lines(
  pairs,
  (pair) => `{
${startPixel("first")}
for (var step = first; step < last; step++) ${step(product, tile, pair)}
}`,
)}`;
