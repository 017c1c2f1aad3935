/**
 * A product without workgroup memory or barriers: every invocation loads what it multiplies. Tiles are
 * repeated for every slice of k, so that a product with few outputs still fills the device: each slice writes its own
 * partial sums.
 */

import { invocationBuiltins, invocationNumber } from "./grid.ts";
import { pixelAdvance, pixelStart } from "./image.wgsl.ts";
import type { OperandText } from "./operand.wgsl.ts";
import type { Product } from "./product.ts";
import {
  collectSums,
  declareSums,
  lanes,
  lines,
  multiplyAdd,
  type RegisterTile,
  range,
  sumCount,
  sumQuad,
  sumRow,
} from "./register-tile.wgsl.ts";

export const directWorkgroupSize = 32;

/** Fields of `u` after the offsets, in order; the lowering supplies their values. */
export const directFields = ({ a, b }: Product): string[] => [
  ...new Set([...frameFields, ...Object.keys(a.fields), ...Object.keys(b.fields)]),
];
const frameFields = [
  "rows",
  "quads",
  "columns",
  "tiles",
  "tilesAcross",
  "slices",
  "firstSlice",
  "sliceSteps",
  "steps",
  "tapSteps",
];

/** The invocations of a quad share tile and slice, which is all that quad swaps ask; the analysis cannot see that. */
const subgroupDirectives = "enable subgroups;\ndiagnostic(off, subgroup_uniformity);\n";

export function directKernel(product: Product, pairs: number, tile: RegisterTile): string {
  const { a, b, columns } = product;
  const vectorisedResult = columns % 4 === 0;
  const names = range(pairs).flatMap((i) => [`a${i}`, `b${i}`]);
  const fields = directFields(product);
  const scalar = (vectorised: boolean) => (vectorised ? "vec4f" : "f32");
  const type = (name: string) => scalar((name[0] === "a" ? a : b).vectorised);
  const offset = (name: string, vectorised: boolean) =>
    `let ${name}Base = u.${name}Offset${vectorised ? " / 4u" : ""};`;
  return `${tile.exchange ? subgroupDirectives : ""}
struct Params { ${[...names, "c"].map((name) => `${name}Offset: u32`)}, ${fields.map((field) => `${field}: u32`)} }
@group(0) @binding(0) var<uniform> u: Params;
${names.map((name, i) => `@group(0) @binding(${i + 1}) var<storage, read> ${name}Data: array<${type(name)}>;`).join("\n")}
@group(0) @binding(${names.length + 1}) var<storage, read_write> cData: array<${scalar(vectorisedResult)}>;
${storeFunction(vectorisedResult)}
@compute @workgroup_size(${directWorkgroupSize})
fn main(${invocationBuiltins}) {
${fields.map((field) => `let ${field} = u.${field};`).join(" ")}
${names.map((name) => offset(name, (name[0] === "a" ? a : b).vectorised)).join("\n")}
let number = ${invocationNumber(directWorkgroupSize)};
let lane = number % ${lanes(tile)}u;
let tile = number / ${lanes(tile)}u % tiles;
let slice = number / ${lanes(tile)}u / tiles;
let tileRow = tile / tilesAcross * ${lanes(tile) * tile.rows}u;
let tileQuad = tile % tilesAcross * ${lanes(tile) * tile.quads}u;
${operandSetup(tile, a, "a")}
${operandSetup(tile, b, "b")}
${declareSums(tile)}
let first = slice * sliceSteps;
let last = min(first + sliceSteps, steps);
${product.loop === "taps" ? tapLoop(product, pairs, tile) : pixelLoop(product, pairs, tile)}
${collectSums(tile)}
for (var i = 0u; i < ${sumCount(tile)}u; i++) { store(slice, ${sumRow(tile)}, ${sumQuad(tile)}, sums[i]); }
}`;
}

const slots = (tile: RegisterTile, operand: OperandText, side: "a" | "b"): number => {
  const count = side === "a" ? tile.rows : 4 * tile.quads;
  return operand.axis === "along k" ? count : count / 4;
};

function operandSetup(tile: RegisterTile, operand: OperandText, side: "a" | "b"): string {
  const count = slots(tile, operand, side);
  const first = side === "a" ? "tileRow" : operand.axis === "along k" ? "4u * tileQuad" : "tileQuad";
  const origin = side === "a" && operand.axis === "across" ? "tileRow / 4u" : first;
  return lines(count, (slot) => operand.setup(slot, `(${origin} + lane * ${count}u + ${slot}u)`));
}

const perSlot = (tile: RegisterTile, { a, b }: Product, part: "perTap" | "perStep"): string =>
  [
    lines(slots(tile, a, "a"), (slot) => a[part]?.(slot) ?? ""),
    lines(slots(tile, b, "b"), (slot) => b[part]?.(slot) ?? ""),
  ].join("\n");

/** Loads at k = 4·step + j; what lies along k is loaded once a step. */
function loads(tile: RegisterTile, { a, b }: Product, pair: number, j: number): string {
  const side = (operand: OperandText, name: "a" | "b") => {
    const along = operand.axis === "along k";
    if (along && j > 0) return "";
    const read = (index: string) => `${name}${pair}Data[${name}${pair}Base + ${index}]`;
    return lines(
      slots(tile, operand, name),
      (slot) => `let ${name}${along ? slot : 4 * slot + j} = ${operand.load(slot, `${j}u`, read)};`,
    );
  };
  return `${side(a, "a")}\n${side(b, "b")}`;
}

function step(product: Product, tile: RegisterTile, pair: number, between: string): string {
  const all = range(4).map((j) => `${loads(tile, product, pair, j)}\n{${between}}`);
  return `{\n${all.join("\n")}\n${multiplyAdd(tile, product.a.axis, product.b.axis)}\n}`;
}

const tapLoop = (product: Product, pairs: number, tile: RegisterTile): string => `
var tap = first / tapSteps;
var begin = first - tap * tapSteps;
for (var done = first; done < last; tap++) {
${perSlot(tile, product, "perTap")}
let end = min(tapSteps, begin + last - done);
for (var step = begin; step < end; step++) {
${perSlot(tile, product, "perStep")}
${range(pairs)
  .map((pair) => step(product, tile, pair, ""))
  .join("\n")}
}
done += end - begin;
begin = 0u;
}`;

const pixelLoop = (product: Product, pairs: number, tile: RegisterTile): string => `
let tap = 0u;
${range(pairs)
  .map(
    (pair) => `{
${pixelStart("4u * first")}
for (var step = first; step < last; step++) {
${perSlot(tile, product, "perStep")}
${step(product, tile, pair, pixelAdvance)}
}
}`,
  )
  .join("\n")}`;

const storeFunction = (vectorised: boolean): string => `
fn store(slice: u32, row: u32, quad: u32, value: vec4f) {
if ((slice >= u.slices) | (row >= u.rows) | (quad >= u.quads)) { return; }
${
  vectorised
    ? "cData[u.cOffset / 4u + ((u.firstSlice + slice) * u.rows + row) * u.quads + quad] = value;"
    : `let at = u.cOffset + ((u.firstSlice + slice) * u.rows + row) * u.columns + 4u * quad;
for (var i = 0u; i < min(4u, u.columns - 4u * quad); i++) { cData[at + i] = value[i]; }`
}
}`;
