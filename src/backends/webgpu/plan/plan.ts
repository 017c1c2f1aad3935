/**
 * A program as a list of launches over a list of buffers: everything that can be decided before a device is touched. The
 * cost of a run (FLOPs, launches, memory) is read off it, so that the page can tell it before anything runs.
 */
import { programCost } from "../../../tensor/cost.ts";
import type { Program } from "../../../tensor/program.ts";
import { simplify } from "../../../tensor/simplify/simplify.ts";
import type { Bindings } from "../../backend.ts";
import type { GeneratedStep } from "../generate/generated.ts";
import { alignChannels } from "./align-channels.ts";
import { createFixedBuffers, type PlanBuffer } from "./buffers.ts";
import { describeKernel, type KernelDescription } from "./describe-kernel.ts";
import { formKernels } from "./in-place.ts";
import { createReader } from "./kernels.ts";
import { launchesOf } from "./launches.ts";
import { layOut } from "./memory.ts";
import { mergeKernels } from "./merge.ts";
import { type HostLayout, placeValues } from "./place.ts";
import { scheduleKernels } from "./schedule.ts";
import { type SizeOptions, sizeKernels } from "./size-kernels.ts";

/** A launch, named after its kernel. */
export interface LabelledStep extends GeneratedStep {
  readonly label: string;
}

export interface Plan {
  readonly buffers: readonly PlanBuffer[];
  readonly steps: readonly LabelledStep[];
  /** Values with memory, the caller's tensors among them. */
  readonly storedValues: number;
  readonly feed: HostLayout;
  readonly fetch: HostLayout;
  /** Descriptions of the kernels, in the order of their launches. */
  readonly kernels: readonly KernelDescription[];
  readonly flops: number;
  /** Bytes of temporaries, feeds and fetches. */
  readonly temporaryBytes: number;
}

/** Each stage takes what the one before has decided. */
export function makePlan(source: Program, bindings: Bindings, options: SizeOptions): Plan {
  const { traits } = options;
  const simplified = simplify(source);
  const program = simplify(alignChannels(simplified));
  // One binding for the result, and one for partial sums where a reduction has them.
  const maxReads = traits.maxStorageBuffersPerShaderStage - 2;
  const placement = placeValues(program, bindings, maxReads);
  const fixed = createFixedBuffers(bindings, placement);
  const tensors = [...placement.tensors];
  const readsOf = createReader(placement.locate);
  const formed = formKernels(placement.stores, readsOf, tensors);
  const scheduled = scheduleKernels(mergeKernels(formed, readsOf, maxReads + 1), readsOf);
  const kernels = sizeKernels(scheduled, placement.locate, options);
  const memory = layOut(kernels, fixed, placement.locate, readsOf);
  const launches = kernels.map((kernel) => launchesOf(kernel, memory, traits.maxComputeWorkgroupsPerDimension));
  const described = kernels.map((kernel, index) => describeKernel(kernel, readsOf, launches[index].length));
  return {
    buffers: memory.buffers,
    steps: launches.flatMap((steps, index) => steps.map((step) => ({ ...step, label: described[index].label }))),
    feed: placement.feed,
    fetch: placement.fetch,
    kernels: described,
    storedValues: tensors.length,
    flops: programCost(simplified).flops,
    temporaryBytes:
      4 * memory.buffers.reduce((words, buffer) => words + (buffer.kind === "bound" ? 0 : buffer.words), 0),
  };
}
