/** The second half of a split product: the sum of the slices' partial results, always in the same order. */
import { invocationBuiltins, invocationNumber } from "./grid.ts";

export const splitSumWorkgroupSize = 64;

/** `count` counts elements, vec4s where `vectorised`. */
export const splitSumKernel = (vectorised: boolean): string => `
struct Params { partialOffset: u32, sumOffset: u32, count: u32, slices: u32 }
@group(0) @binding(0) var<uniform> u: Params;
@group(0) @binding(1) var<storage, read> partial: array<${vectorised ? "vec4f" : "f32"}>;
@group(0) @binding(2) var<storage, read_write> sum: array<${vectorised ? "vec4f" : "f32"}>;
@compute @workgroup_size(${splitSumWorkgroupSize})
fn main(${invocationBuiltins}) {
let at = ${invocationNumber(splitSumWorkgroupSize)};
let count = u.count;
if (at >= count) { return; }
let first = u.partialOffset${vectorised ? " / 4u" : ""} + at;
let slices = u.slices;
var total = partial[first];
for (var i = 1u; i < slices; i++) { total += partial[first + i * count]; }
sum[u.sumOffset${vectorised ? " / 4u" : ""} + at] = total;
}`;
