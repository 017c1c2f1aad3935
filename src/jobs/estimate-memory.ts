/** Device memory of a training program: what lives in tensors between runs, and what a run needs besides. */
import type { Backend } from "../backends/backend.ts";
import { lastUses } from "../backends/liveness.ts";
import { WebgpuBackend } from "../backends/webgpu/backend.ts";
import { candidates } from "../backends/webgpu/kernels/candidates.ts";
import { makePlan } from "../backends/webgpu/plan/plan.ts";
import { deviceBytes } from "../tensor/cost.ts";
import { type Program, topologicalOrder, type Value } from "../tensor/program.ts";
import { isFed, standInBindings } from "./stand-in-bindings.ts";

/** Bytes of the program's tensors. */
export const boundBytes = ({ inputs }: Program): number =>
  Object.entries(inputs).reduce((total, [name, value]) => total + (isFed(name, value) ? 0 : deviceBytes(value)), 0);

/** Bytes through which the float vectors are read back for a checkpoint, where that takes memory of the device. */
export const readbackBytes = (backend: Backend, { inputs }: Program): number =>
  backend.kind !== "webgpu"
    ? 0
    : Object.entries(inputs)
        .filter(([name, value]) => !isFed(name, value) && value.type.dtype === "float")
        .reduce((total, [, value]) => total + deviceBytes(value), 0);

/** Bytes of temporaries, feeds and fetches: from the WebGPU plan itself, elsewhere from what must be alive at once. */
export function temporaryBytes(backend: Backend, program: Program): number {
  if (!(backend instanceof WebgpuBackend)) return peakLiveBytes(program);
  const { traits } = backend.acquired;
  const choose = (problem: Parameters<typeof candidates>[0]) => candidates(problem, traits)[0];
  return makePlan(program, standInBindings(program), { traits, choose }).temporaryBytes;
}

/** Index maps and constants: nothing of theirs lies in memory. */
const virtual = new Set(["input", "constant", "reshape", "broadcast", "slice"]);

function peakLiveBytes(program: Program): number {
  const bound = new Set([...Object.values(program.inputs), ...Object.values(program.outputs)]);
  const schedule = topologicalOrder(Object.values(program.outputs));
  const bytesOf = (value: Value) => (virtual.has(value.primitive.name) || bound.has(value) ? 0 : deviceBytes(value));
  let live = 0;
  let peak = 0;
  lastUses(schedule, []).forEach((dead, step) => {
    live += bytesOf(schedule[step]);
    peak = Math.max(peak, live);
    for (const value of dead) live -= bytesOf(value);
  });
  return peak;
}
