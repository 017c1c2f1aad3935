/**
 * What every product kernel has in common, however it is tiled: uniforms and bindings, the loops that k runs through,
 * the loads of four steps of k, and the bounds-checked store.
 */
import { invocationBuiltins } from "./grid.ts";
import { pixelAdvance, pixelStart } from "./image.wgsl.ts";
import type { OperandText } from "./operand.wgsl.ts";
import type { Product } from "./product.ts";
import { lines, range } from "./register-tile.wgsl.ts";

/** Rows and quads of columns that one invocation loads. */
export interface Block {
  readonly rows: number;
  readonly quads: number;
}

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
] as const;
export type FrameValues = Readonly<Record<(typeof frameFields)[number], number>>;

/** Uniforms after the offsets, in order. */
export const productFields = ({ a, b }: Product): string[] => [
  ...new Set([...frameFields, ...Object.keys(a.fields), ...Object.keys(b.fields)]),
];

const element = (vectorised: boolean) => (vectorised ? "vec4f" : "f32");
const baseOf = (name: string, vectorised: boolean) => `let ${name}Base = u.${name}Offset${vectorised ? " / 4u" : ""};`;

interface ModuleText {
  readonly directives?: string;
  readonly declarations?: string;
  readonly workgroupSize: number;
  /** Statements of `main`; every field is in scope under its name. */
  readonly body: string;
}

/** A whole kernel: pair i reads `a{i}Data` and `b{i}Data`. */
export function productModule(product: Product, pairs: number, text: ModuleText): string {
  const operands = range(pairs).flatMap((i) => [
    { name: `a${i}`, ...product.a },
    { name: `b${i}`, ...product.b },
  ]);
  const fields = productFields(product);
  const vectorisedResult = product.columns % 4 === 0;
  return `${text.directives ?? ""}
struct Params { ${[...operands.map(({ name }) => `${name}Offset`), "cOffset", ...fields].map((field) => `${field}: u32`)} }
@group(0) @binding(0) var<uniform> u: Params;
${lines(operands.length, (i) => `@group(0) @binding(${i + 1}) var<storage, read> ${operands[i].name}Data: array<${element(operands[i].vectorised)}>;`)}
@group(0) @binding(${operands.length + 1}) var<storage, read_write> cData: array<${element(vectorisedResult)}>;
${storeFunction(vectorisedResult)}
${text.declarations ?? ""}
@compute @workgroup_size(${text.workgroupSize})
fn main(${invocationBuiltins}) {
${fields.map((field) => `let ${field} = u.${field};`).join(" ")}
${operands.map(({ name, vectorised }) => baseOf(name, vectorised)).join("\n")}
${text.body}
}`;
}

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

const slots = (operand: OperandText, lines: number): number => (operand.axis === "along k" ? lines : lines / 4);

/** Prepares to load `block` from row `row` and quad of columns `quad` on. */
export function setupBlock({ a, b }: Product, block: Block, row: string, quad: string): string {
  const aFirst = a.axis === "along k" ? row : `(${row}) / 4u`;
  const bFirst = b.axis === "along k" ? `4u * (${quad})` : quad;
  return [
    lines(slots(a, block.rows), (slot) => a.setup(slot, `(${aFirst} + ${slot}u)`)),
    lines(slots(b, 4 * block.quads), (slot) => b.setup(slot, `(${bFirst} + ${slot}u)`)),
  ].join("\n");
}

type Side = "a" | "b";
const linesOf = (block: Block, side: Side): number => (side === "a" ? block.rows : 4 * block.quads);

const perSlot = (product: Product, block: Block, side: Side, part: "perTap" | "perStep"): string =>
  lines(slots(product[side], linesOf(block, side)), (slot) => product[side][part]?.(slot) ?? "");

/** Loads both sides of a block at `step`. */
export function loadBlock(product: Product, block: Block, pair: number): string {
  const next = product.loop === "pixels" ? `{${pixelAdvance}}` : "";
  return [
    perSlot(product, block, "a", "perStep"),
    perSlot(product, block, "b", "perStep"),
    ...range(4).flatMap((j) => [loadAt(product, block, "a", pair, j), loadAt(product, block, "b", pair, j), next]),
  ].join("\n");
}

/** Loads one side of a block at `step`. */
export function loadSide(product: Product, block: Block, side: Side, pair: number): string {
  const walks = side === "a" && product.loop === "pixels";
  return [
    walks ? startPixel("step") : "",
    perSlot(product, block, side, "perStep"),
    ...range(4).flatMap((j) => [loadAt(product, block, side, pair, j), walks ? `{${pixelAdvance}}` : ""]),
  ].join("\n");
}

/**
 * Step j of a block: along k, all four steps of row p at once, as `a{p}`; across, rows 4g…4g+3 as `a{4·g+j}`. Likewise b
 * and columns.
 */
function loadAt(product: Product, block: Block, side: Side, pair: number, j: number): string {
  const operand = product[side];
  const along = operand.axis === "along k";
  if (along && j > 0) return "";
  const read = (index: string) => `${side}${pair}Data[${side}${pair}Base + ${index}]`;
  return lines(
    slots(operand, linesOf(block, side)),
    (slot) => `let ${side}${along ? slot : 4 * slot + j} = ${operand.load(slot, `${j}u`, read)};`,
  );
}

/** Runs `inner` over the steps `first` … `last` of k: over `begin` … `end` of every tap. */
export const overTaps = (product: Product, block: Block, inner: string): string => `
var tap = first / tapSteps;
var begin = first - tap * tapSteps;
for (var done = first; done < last; tap++) {
${perSlot(product, block, "a", "perTap")}
${perSlot(product, block, "b", "perTap")}
let end = min(tapSteps, begin + last - done);
${inner}
done += end - begin;
begin = 0u;
}`;

/** Declares the output pixel that `step` begins with, where k runs over pixels. */
export const startPixel = (step: string): string => pixelStart(`4u * ${step}`);
