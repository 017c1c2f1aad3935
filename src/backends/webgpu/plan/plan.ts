/**
 * A program as a list of launches over a list of buffers: everything that can be decided before a device is touched. The
 * cost of a run (FLOPs, launches, memory) is read off it, so that the page can tell it before anything runs.
 */
import { programCost } from "../../../tensor/cost.ts";
import type { Program, Value } from "../../../tensor/program.ts";
import { simplify } from "../../../tensor/simplify/simplify.ts";
import { type Bindings, type DeviceTensor, ProgramError } from "../../backend.ts";
import type { GeneratedStep } from "../generate/generated.ts";
import { generateMap } from "../generate/map-kernel.ts";
import { generateReduce } from "../generate/reduce-kernel.ts";
import type { Access } from "../generate/writer.ts";
import type { Lowering } from "../kernel.ts";
import type { KernelProblem } from "../kernels/problem.ts";
import type { DeviceTraits } from "../kernels/traits.ts";
import { alignChannels } from "./align-channels.ts";
import { allocate, arenaElements, type Lifetime } from "./allocate.ts";
import { describeKernel, type KernelDescription } from "./describe-kernel.ts";
import { formKernels } from "./in-place.ts";
import { createReader, type Locate, type OpaqueKernel, type PlanKernel, type ReadsOf, writesOf } from "./kernels.ts";
import { mergeKernels } from "./merge.ts";
import { type HostLayout, placeValues } from "./place.ts";
import { problemOf } from "./problem-of.ts";
import { scheduleKernels } from "./schedule.ts";
import { type PlanTensor, wholeRange } from "./tensors.ts";

export type PlanBuffer =
  | { readonly kind: "bound"; readonly tensor: DeviceTensor }
  | { readonly kind: "feed" | "fetchFloat" | "fetchInt" | "temporary"; readonly words: number };

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

export interface PlanOptions {
  readonly traits: DeviceTraits;
  /** The kernel to use for an opaque operation. */
  readonly choose: (problem: KernelProblem) => Lowering;
}

export function makePlan(source: Program, bindings: Bindings, { traits, choose }: PlanOptions): Plan {
  const simplified = simplify(source);
  const program = simplify(alignChannels(simplified));
  // One binding for the result, and one for partial sums where a reduction has them.
  const maxReads = traits.maxStorageBuffersPerShaderStage - 2;
  const placement = placeValues(program, bindings, maxReads);
  const tensors = [...placement.tensors];
  const readsOf = createReader(placement.locate);
  const formed = formKernels(placement.stores, readsOf, tensors);
  const kernels = scheduleKernels(mergeKernels(formed, readsOf, maxReads + 1), readsOf);
  const lowerings = new Map<PlanKernel, Lowering>();
  for (const kernel of kernels) {
    if (kernel.kind === "opaque") lowerings.set(kernel, choose(problemOf(kernel.stores[0].value)));
  }
  const builder = new PlanBuilder(bindings, placement.locate, traits, placement.feed, placement.fetch, lowerings);
  builder.measureScratch(kernels);
  builder.allocate(kernels, readsOf);
  const launches = kernels.map((kernel, index) => builder.stepsOf(kernel, index));
  const described = kernels.map((kernel, index) =>
    describeKernel(kernel, readsOf, lowerings.get(kernel), launches[index].length),
  );
  return {
    buffers: builder.buffers,
    steps: launches.flatMap((steps, index) => steps.map((step) => ({ ...step, label: described[index].label }))),
    feed: placement.feed,
    fetch: placement.fetch,
    kernels: described,
    storedValues: tensors.length,
    flops: programCost(simplified).flops,
    temporaryBytes:
      4 * builder.buffers.reduce((words, buffer) => words + (buffer.kind === "bound" ? 0 : buffer.words), 0),
  };
}

/** Enough to fill a device, little enough that partial sums stay few. */
const parallelism = (traits: DeviceTraits) => (traits.cpu ? 256 : 16_384);

class PlanBuilder {
  readonly buffers: PlanBuffer[] = [];
  private readonly bufferOfTensor = new Map<DeviceTensor, number>();
  private readonly hostBuffers = new Map<"feed" | "fetchFloat" | "fetchInt", number>();
  private temporaries = new Map<PlanTensor, { buffer: number; offset: number }>();
  /** Words of scratch of every kernel, by its place in the schedule. */
  private readonly scratchWords = new Map<number, number[]>();
  private readonly scratchPlaces = new Map<number, Access[]>();

  constructor(
    bindings: Bindings,
    private readonly locate: Locate,
    private readonly traits: DeviceTraits,
    feed: HostLayout,
    fetch: HostLayout,
    private readonly lowerings: ReadonlyMap<PlanKernel, Lowering>,
  ) {
    for (const tensor of [...Object.values(bindings.inputs ?? {}), ...Object.values(bindings.outputs ?? {})]) {
      if (!this.bufferOfTensor.has(tensor))
        this.bufferOfTensor.set(tensor, this.buffers.push({ kind: "bound", tensor }) - 1);
    }
    const addHost = (kind: "feed" | "fetchFloat" | "fetchInt", bytes: number) => {
      if (bytes > 0) this.hostBuffers.set(kind, this.buffers.push({ kind, words: bytes / 4 }) - 1);
    };
    addHost("feed", feed.bytes);
    if (fetch.entries.some(({ value }) => value.type.dtype === "byte"))
      throw new ProgramError("bytes cannot be fetched");
    for (const [kind, dtype] of [
      ["fetchFloat", "float"],
      ["fetchInt", "int"],
    ] as const) {
      addHost(kind, fetch.entries.some(({ value }) => value.type.dtype === dtype) ? fetch.bytes : 0);
    }
  }

  /** Generates reductions once, in vain, to learn how much scratch each wants. */
  measureScratch(kernels: readonly PlanKernel[]): void {
    kernels.forEach((kernel, index) => {
      const words: number[] = [...(this.lowerings.get(kernel)?.scratch ?? [])];
      this.scratchWords.set(index, words);
      if (kernel.kind !== "reduce") return;
      generateReduce(kernel, {
        ...this.context((tensor) => ({ buffer: -tensor.id - 1, offset: 0 })),
        parallelism: parallelism(this.traits),
        scratch: (count) => {
          words.push(count);
          return { buffer: -1, offset: 0, dtype: "float" };
        },
      });
    });
  }

  allocate(kernels: readonly PlanKernel[], readsOf: ReadsOf): void {
    const spans = new Map<PlanTensor, { first: number; last: number; inArena: boolean }>();
    const touch = (tensor: PlanTensor, step: number, isOpaque: boolean) => {
      if (tensor.place.kind !== "temporary") return;
      const span = spans.get(tensor) ?? { first: step, last: step, inArena: fitsArena(tensor) };
      span.last = Math.max(span.last, step);
      span.first = Math.min(span.first, step);
      if (isOpaque) span.inArena = false;
      spans.set(tensor, span);
    };
    kernels.forEach((kernel, step) => {
      const ranges = [...writesOf(kernel), ...readsOf(kernel).map(({ range }) => range)];
      for (const range of ranges) touch(wholeRange(range).tensor, step, kernel.kind === "opaque");
    });
    const lifetimes: Lifetime[] = [...spans].map(([tensor, span]) => ({ tensor, ...span }));
    const scratch = [...this.scratchWords].flatMap(([step, words]) =>
      words.map((elements, index) => {
        const tensor: PlanTensor = { ...scratchTensor(kernels[step]), id: -1 - index, elements };
        lifetimes.push({ tensor, first: step, last: step, inArena: false });
        return { step, tensor };
      }),
    );
    const { bufferWords, places } = allocate(lifetimes);
    const first = this.buffers.length;
    for (const words of bufferWords) this.buffers.push({ kind: "temporary", words });
    const shift = ({ buffer, offset }: { buffer: number; offset: number }) => ({ buffer: buffer + first, offset });
    this.temporaries = new Map([...places].map(([tensor, place]) => [tensor, shift(place)]));
    for (const { step, tensor } of scratch) {
      const list = this.scratchPlaces.get(step) ?? [];
      list.push({ ...this.temporaries.get(tensor)!, dtype: "float" });
      this.scratchPlaces.set(step, list);
    }
  }

  stepsOf(kernel: PlanKernel, index: number): GeneratedStep[] {
    const context = this.context((tensor) => this.temporaries.get(tensor)!);
    if (kernel.kind === "map") return [generateMap(kernel, context)];
    const scratch = this.scratchPlaces.get(index) ?? [];
    if (kernel.kind === "opaque") return this.opaqueSteps(kernel, scratch);
    return generateReduce(kernel, { ...context, parallelism: parallelism(this.traits), scratch: () => scratch[0] });
  }

  private opaqueSteps(kernel: OpaqueKernel, scratch: readonly Access[]): GeneratedStep[] {
    const { find, accessOf } = this.context((tensor) => this.temporaries.get(tensor)!);
    const [{ value, target }] = kernel.stores;
    return this.lowerings.get(kernel)!.steps.map(({ code, storage, params, workgroups }) => {
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

  private context(temporary: (tensor: PlanTensor) => { readonly buffer: number; readonly offset: number }) {
    const accessOf = (tensor: PlanTensor): Access => this.access(tensor, 0, temporary);
    const find = (value: Value): Access | null => {
      const range = this.locate(value);
      return range && this.access(range.tensor, range.offset, temporary);
    };
    return { find, accessOf, maxWorkgroups: this.traits.maxComputeWorkgroupsPerDimension };
  }

  private access(
    tensor: PlanTensor,
    offset: number,
    temporary: (tensor: PlanTensor) => { readonly buffer: number; readonly offset: number },
  ): Access {
    const whole = wholeRange({ tensor, offset, elements: tensor.elements });
    const { place, dtype } = whole.tensor;
    const base = place.kind === "temporary" ? temporary(whole.tensor) : this.fixedPlace(whole.tensor);
    return { buffer: base.buffer, offset: base.offset + whole.offset, dtype };
  }

  private fixedPlace({ place, dtype }: PlanTensor): { readonly buffer: number; readonly offset: number } {
    if (place.kind === "bound") return { buffer: this.bufferOfTensor.get(place.tensor)!, offset: 0 };
    if (place.kind === "feed") return { buffer: this.hostBuffers.get("feed")!, offset: place.offset };
    if (place.kind !== "fetch") throw new ProgramError(`a ${place.kind} has no fixed place`);
    return { buffer: this.hostBuffers.get(dtype === "int" ? "fetchInt" : "fetchFloat")!, offset: place.offset };
  }
}

const fitsArena = ({ dtype, elements }: PlanTensor): boolean => dtype === "float" && elements <= arenaElements;

/** A stand-in for allocation: partial sums belong to the kernel that makes them. */
const scratchTensor = (kernel: PlanKernel): Omit<PlanTensor, "id" | "elements"> => ({
  value: kernel.stores[0].value,
  dtype: "float",
  place: { kind: "temporary" },
});
