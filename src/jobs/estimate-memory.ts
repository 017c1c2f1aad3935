/**
 * Device memory that a program needs whatever the backend: what it is given and gives back, and the largest sum of
 * intermediate results that are alive at once. Elementwise results are taken to be recomputed rather than kept, as the
 * WebGPU plan does, so this is a little less than what a backend holds.
 */
import { lastUses } from "../backends/liveness.ts";
import { deviceBytes } from "../tensor/cost.ts";
import { type Program, topologicalOrder, type Value } from "../tensor/program.ts";

/** Primitives whose results and operands lie in memory; everything else is fused into them. */
const opaque = new Set([
  "conv2d",
  "conv2dInputGrad",
  "conv2dFilterGrad",
  "matmul",
  "poolArgmax",
  "sum",
  "max",
  "imageBatch",
]);
/** Index maps: their operand is what lies in memory. */
const views = new Set(["reshape", "broadcast", "slice"]);

export function estimateMemory(program: Program): number {
  const bound = new Set([...Object.values(program.inputs), ...Object.values(program.outputs)]);
  const schedule = topologicalOrder(Object.values(program.outputs));
  const held = new Set<Value>();
  for (const value of schedule) {
    if (!opaque.has(value.primitive.name)) continue;
    for (const operand of [value, ...value.operands]) held.add(source(operand));
  }
  const bytesOf = (value: Value) => (held.has(value) && !bound.has(value) ? deviceBytes(value) : 0);
  let live = 0;
  let peak = 0;
  lastUses(schedule, []).forEach((dead, step) => {
    live += bytesOf(schedule[step]);
    peak = Math.max(peak, live);
    for (const value of dead) live -= bytesOf(value);
  });
  const boundBytes = Object.values(program.inputs).reduce((total, value) => total + deviceBytes(value), 0);
  return boundBytes + peak;
}

function source(value: Value): Value {
  return views.has(value.primitive.name) ? source(value.operands[0]) : value;
}
