/** A planned program on the heap: memory, code and kernels made once, then repeated for every run. */
import { describeShape } from "../../../tensor/primitives/elementwise.ts";
import type { Program, Value } from "../../../tensor/program.ts";
import { simplify } from "../../../tensor/simplify/simplify.ts";
import {
  type Executable,
  type ExecutableStatistics,
  type Feed,
  type Fetched,
  type HostArray,
  ProgramError,
} from "../../backend.ts";
import type { MemoryMeter } from "../../memory-meter.ts";
import type { SerialQueue } from "../../serial-queue.ts";
import type { FunctionBody } from "./assembler.ts";
import { copyIn, copyOut } from "./host-copies.ts";
import { compileLoops } from "./instantiate.ts";
import type { Allocation, KernelModule } from "./kernel-module.ts";
import { LoopCompiler } from "./loop-code.ts";
import { scalarWidth, vectorWidth } from "./loop-operations.ts";
import { addressOf, byteCount } from "./placement.ts";
import { type Plan, type PlanBindings, planProgram } from "./plan.ts";
import type { Step } from "./schedule.ts";

/** What an executable needs of its backend. */
export interface Host {
  readonly module: KernelModule;
  /** Whether loops may use vector instructions. */
  readonly simd: boolean;
  readonly queue: SerialQueue;
  readonly memory: MemoryMeter;
  /** Throws ProgramError when the feed does not fit or a bound tensor is gone. */
  checkRun(feed: Feed): void;
  /** Called after a run has written bound tensors. */
  onWritten(): void;
  /** Told how long every step took, when somebody wants to know. */
  readonly profile?: Profile;
}

/** Is given a step's name, with its shape, and its time. */
export type Profile = (step: string, ms: number) => void;

export async function createWasmExecutable(program: Program, bindings: PlanBindings, host: Host): Promise<Executable> {
  const plan = planProgram(simplify(program), bindings);
  const arena = host.module.allocate(plan.arena.bytes, "the program's temporaries");
  try {
    for (const [block, offset] of plan.arena.offsets) block.address = arena.address + offset;
    const loops = await compileLoops(host.module, loopsOf(plan, host));
    return new WasmExecutable(plan, arena, loops, host);
  } catch (error) {
    arena.free();
    throw error;
  }
}

/** The code of a plan's loops, in the order of its steps. */
const loopsOf = ({ steps, placement, scratch }: Plan, { simd }: Host): FunctionBody[] =>
  steps.flatMap((step) => {
    if (step.kind !== "loop") return [];
    const of = (value: Value) => {
      const place = placement.find(value);
      return place ? addressOf(place) : null;
    };
    const addresses = { of, scratch: scratch.get(step)?.address ?? 0 };
    return [new LoopCompiler(step.loop, addresses, simd ? vectorWidth : scalarWidth).compile()];
  });

class WasmExecutable implements Executable {
  readonly statistics: ExecutableStatistics;
  readonly #actions: readonly (() => void)[];
  readonly #releases: (() => void)[] = [];
  #disposed = false;

  constructor(
    private readonly plan: Plan,
    arena: Allocation,
    loops: readonly (() => void)[],
    private readonly host: Host,
  ) {
    this.#releases.push(() => arena.free());
    let keptBytes = plan.arena.bytes;
    const keep = (bytes: number) => {
      keptBytes += bytes;
    };
    let nextLoop = 0;
    this.#actions = plan.steps.map((step) =>
      step.kind === "loop"
        ? loops[nextLoop++]
        : step.kernel.prepare(this.#siteOf(step.value, plan.scratch.get(step)?.address ?? 0, keep)),
    );
    this.statistics = {
      flops: plan.flops,
      launches: plan.steps.length,
      pipelines: 0,
      temporaryBytes: keptBytes,
    };
    host.memory.add(keptBytes);
  }

  async run(feeds: readonly Feed[]): Promise<Fetched[]> {
    if (this.#disposed) throw new ProgramError("the executable was disposed of");
    for (const feed of feeds) this.host.checkRun(feed);
    const copies = feeds.map((feed) => this.plan.feeds.map(({ name }) => feed[name].slice()));
    return Promise.all(copies.map((copy) => this.host.queue.add(() => this.#runOnce(copy))));
  }

  dispose(): void {
    if (this.#disposed) return;
    this.#disposed = true;
    this.host.memory.subtract(this.statistics.temporaryBytes);
    this.host.queue
      .add(() => {
        for (const release of this.#releases) release();
      })
      .catch(() => {});
  }

  #siteOf(value: Value, scratch: number, keep: (bytes: number) => void) {
    const { placement, tensors } = this.plan;
    const places = value.operands.map((operand) => placement.of(operand));
    return {
      module: this.host.module,
      simd: this.host.simd,
      operands: places.map(addressOf),
      versions: places.map(({ block }) => {
        const tensor = tensors.get(block);
        return tensor ? () => tensor.version : null;
      }),
      result: addressOf(placement.of(value)),
      scratch,
      onDispose: (release: () => void, keptBytes = 0) => {
        this.#releases.push(release);
        keep(keptBytes);
      },
    };
  }

  #profileActions(profile: Profile): void {
    this.#actions.forEach((action, i) => {
      const start = performance.now();
      action();
      profile(describeStep(this.plan.steps[i]), performance.now() - start);
    });
  }

  #runOnce(feeds: readonly HostArray[]): Fetched {
    const { plan, host } = this;
    plan.feeds.forEach(({ value, place }, i) => {
      copyIn(host.module, value.type, feeds[i], addressOf(place));
    });
    if (host.profile) this.#profileActions(host.profile);
    else for (const action of this.#actions) action();
    const fetched = plan.fetches.map(({ name, value, place }) => [
      name,
      copyOut(host.module, value.type, addressOf(place)),
    ]);
    const copyBytes = (from: number, to: number, bytes: number) => host.module.u8.copyWithin(to, from, from + bytes);
    for (const { value, place, staging } of plan.stores) {
      if (staging) copyBytes(addressOf(place), staging.address, byteCount(value.type));
    }
    for (const { value, place, tensor, staging } of plan.stores) {
      copyBytes(staging ? staging.address : addressOf(place), tensor.address, byteCount(value.type));
    }
    host.onWritten();
    return Object.fromEntries(fetched);
  }
}

function describeStep(step: Step): string {
  if (step.kind === "kernel") {
    const shapes = [...step.value.operands, step.value].map(({ type }) => describeShape(type.shape));
    return `${step.value.primitive.name} ${shapes.slice(0, -1).join(" ")} → ${shapes.at(-1)}`;
  }
  const { kind, rows, columns, roots } = step.loop;
  return `${kind} loop ${rows} × ${columns}, ${roots.length} results`;
}
