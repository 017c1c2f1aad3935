/**
 * A program made ready for the heap: steps, the place of every stored value, the arena, and how contents come in and go
 * out. Decides which outputs may be written straight into the tensors they are bound to.
 */
import { programCost } from "../../../tensor/cost.ts";
import { type Program, topologicalOrder, type Value } from "../../../tensor/program.ts";
import { chooseStored } from "./fusion.ts";
import { loopScratchBytes } from "./loop-code.ts";
import { type Block, createBlock, fix, planArena, touch } from "./memory-plan.ts";
import { byteCount, type Place, Placement } from "./placement.ts";
import { readsOf, type Step, scheduleSteps } from "./schedule.ts";

/** A tensor of the caller's, as far as a plan needs it. */
export interface BoundTensor {
  readonly address: number;
  readonly version: number;
}

export interface PlanBindings {
  readonly inputs: ReadonlyMap<string, BoundTensor>;
  readonly outputs: ReadonlyMap<string, BoundTensor>;
}

/** Contents that move between a value's place and the host or a tensor, under an input's or output's name. */
export interface Transfer {
  readonly name: string;
  readonly value: Value;
  readonly place: Place;
}

export interface Store extends Transfer {
  readonly tensor: BoundTensor;
  /** Where the contents wait while other tensors are written, when they lie in one themselves. */
  readonly staging: Block | null;
}

export interface Plan {
  /** Floating-point operations of one run. */
  readonly flops: number;
  readonly steps: readonly Step[];
  readonly placement: Placement;
  /** The tensors that hold inputs, by their blocks. */
  readonly tensors: ReadonlyMap<Block, BoundTensor>;
  readonly feeds: readonly Transfer[];
  readonly fetches: readonly Transfer[];
  /** Outputs to be copied to their tensors at the end. */
  readonly stores: readonly Store[];
  readonly scratch: ReadonlyMap<Step, Block>;
  readonly arena: ReturnType<typeof planArena>;
}

export function planProgram(program: Program, bindings: PlanBindings): Plan {
  const outputs = Object.values(program.outputs);
  const order = topologicalOrder([...Object.values(program.inputs), ...outputs]);
  const stored = chooseStored(outputs);
  const tensors = new Map<Block, BoundTensor>();
  const placement = new Placement(order, inputBlocks(program, bindings, tensors), stored);
  const steps = scheduleSteps(order, stored, placement);
  const scratch = touchSteps(steps, placement);

  const transfersOf = (values: Readonly<Record<string, Value>>, bound: ReadonlyMap<string, BoundTensor>) =>
    Object.entries(values)
      .filter(([name]) => !bound.has(name))
      .map(([name, value]): Transfer => ({ name, value, place: placement.of(value) }));
  const feeds = transfersOf(program.inputs, bindings.inputs);
  const fetches = transfersOf(program.outputs, bindings.outputs);
  for (const { place } of feeds) touch(place.block, -1);
  for (const { place } of fetches) touch(place.block, steps.length);
  const stores = planStores(program, bindings.outputs, tensors, steps, placement);

  const staging = stores.flatMap((store) => store.staging ?? []);
  const places = order.flatMap((value) => placement.find(value)?.block ?? []);
  const blocks = new Set([...places, ...scratch.values(), ...staging]);
  const temporaries = [...blocks].filter((block) => !block.isFixed && block.last >= block.first);
  return {
    flops: programCost(program).flops,
    steps,
    placement,
    tensors,
    feeds,
    fetches,
    stores,
    scratch,
    arena: planArena(temporaries),
  };
}

/** A block for every input: of its tensor, noted in `tensors`, or for what is fed. */
function inputBlocks(
  program: Program,
  { inputs }: PlanBindings,
  tensors: Map<Block, BoundTensor>,
): ReadonlyMap<Value, Block> {
  const blocks = new Map<Value, Block>();
  for (const [name, value] of Object.entries(program.inputs)) {
    const tensor = inputs.get(name);
    const known = [...tensors].find(([, other]) => tensor && other === tensor)?.[0];
    const block = known ?? createBlock(name, byteCount(value.type));
    if (tensor) {
      fix(block, tensor.address);
      tensors.set(block, tensor);
    }
    blocks.set(value, block);
  }
  return blocks;
}

/** Notes which blocks every step reads and writes, and gives it its scratch. */
function touchSteps(steps: readonly Step[], placement: Placement): ReadonlyMap<Step, Block> {
  const scratch = new Map<Step, Block>();
  steps.forEach((step, i) => {
    const { values, bytes } = needsOf(step, placement);
    for (const value of values) touch(placement.of(value).block, i);
    if (bytes === 0) return;
    const block = createBlock("scratch", bytes);
    touch(block, i);
    scratch.set(step, block);
  });
  return scratch;
}

function needsOf(step: Step, placement: Placement): { values: readonly Value[]; bytes: number } {
  if (step.kind === "kernel") {
    return { values: [step.value, ...step.value.operands], bytes: step.kernel.scratchBytes };
  }
  const { elements, spread } = readsOf(step.loop, placement);
  return { values: [...step.loop.roots, ...elements, ...spread], bytes: loopScratchBytes(step.loop) };
}

function planStores(
  program: Program,
  bound: PlanBindings["outputs"],
  tensors: ReadonlyMap<Block, BoundTensor>,
  steps: readonly Step[],
  placement: Placement,
): Store[] {
  const holders = new Map([...tensors].map(([block, tensor]) => [tensor, block]));
  const all = [...bound].map(([name, tensor]): Store => {
    const value = program.outputs[name];
    return { name, value, place: placement.of(value), tensor, staging: null };
  });
  const moving = all.filter(({ place, tensor }) => !(place.block === holders.get(tensor) && place.offset === 0));
  for (const { place } of moving) if (place.block.isFixed) touch(place.block, steps.length);
  return moving.flatMap((store) => {
    const { value, place, tensor } = store;
    const bytes = byteCount(value.type);
    if (!place.block.isFixed && mayReplace(place, bytes, holders.get(tensor), steps, placement)) {
      fix(place.block, tensor.address);
      return [];
    }
    touch(place.block, steps.length);
    if (!place.block.isFixed) return [store];
    const staging = createBlock("staging", bytes);
    touch(staging, steps.length);
    return [{ ...store, staging }];
  });
}

/**
 * Whether a value can be computed where its tensor's old contents are, in block `holder`, if any: nothing reads those
 * after the first write, and a step that does both reads each element before it writes it.
 */
function mayReplace(
  { block, offset }: Place,
  bytes: number,
  holder: Block | undefined,
  steps: readonly Step[],
  placement: Placement,
): boolean {
  if (offset !== 0 || block.bytes !== bytes) return false;
  if (!holder || holder.last < block.first) return true;
  const step = steps[block.first];
  if (holder.last > block.first || step?.kind !== "loop" || step.loop.kind !== "map") return false;
  const { elements, spread } = readsOf(step.loop, placement);
  const placesIn = (values: readonly Value[], where: Block) =>
    values.map((value) => placement.of(value)).filter((place) => place.block === where);
  const [written, read] = [placesIn(step.loop.roots, block), placesIn(elements, holder)];
  return (
    placesIn(spread, holder).length === 0 && written.every((to) => read.every((from) => from.offset === to.offset))
  );
}
