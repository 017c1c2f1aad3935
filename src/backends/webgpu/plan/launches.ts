/** The launches of a sized kernel, once every value has its place. */
import type { GeneratedStep } from "../generate/generated.ts";
import { generateMap } from "../generate/map-kernel.ts";
import { generateReduce } from "../generate/reduce-kernel.ts";
import type { Access } from "../generate/writer.ts";
import type { Lowering } from "../kernel.ts";
import type { OpaqueKernel } from "./kernels.ts";
import type { Memory } from "./memory.ts";
import type { SizedKernel } from "./size-kernels.ts";

/** `maxWorkgroups` is the device's limit a dimension. */
export function launchesOf(sized: SizedKernel, memory: Memory, maxWorkgroups: number): GeneratedStep[] {
  const context = { ...memory, maxWorkgroups };
  const scratch = sized.scratch.map(memory.scratchAt);
  switch (sized.kind) {
    case "map":
      return [generateMap(sized.kernel, context)];
    case "reduce":
      return generateReduce(sized.kernel, sized.split, scratch[0] ?? null, context);
    case "opaque":
      return opaqueLaunches(sized.kernel, sized.lowering, scratch, memory);
  }
}

function opaqueLaunches(
  { stores: [{ value, target }] }: OpaqueKernel,
  { steps }: Lowering,
  scratch: readonly Access[],
  { find, accessOf }: Memory,
): GeneratedStep[] {
  return steps.map(({ code, storage, params, workgroups }) => {
    const accesses = storage.map((binding) => {
      if (binding.kind === "operand") return find(value.operands[binding.index])!;
      return binding.kind === "output" ? accessOf(target) : scratch[binding.index];
    });
    return {
      code,
      buffers: accesses.map(({ buffer }) => buffer),
      params: [...accesses.map(({ offset }) => offset), ...params],
      workgroups,
    };
  });
}
