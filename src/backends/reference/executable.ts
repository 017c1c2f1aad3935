/** Runs a program by evaluating its values one after another in topological order. */
import { type Program, topologicalOrder, type Value } from "../../tensor/program.ts";
import {
  type Bindings,
  type DeviceTensor,
  type Executable,
  type ExecutableStatistics,
  type Feed,
  type Fetched,
  type HostArray,
  ProgramError,
} from "../backend.ts";
import { checkFeed } from "../checks.ts";
import { lastUses, peakLiveBytes } from "../liveness.ts";
import type { MemoryMeter } from "../memory-meter.ts";
import type { SerialQueue } from "../serial-queue.ts";
import { bytesOf, copyAs, zeros } from "./host-arrays.ts";
import { type ComputedName, kernels } from "./kernels/index.ts";

/** What an executable needs of its backend. */
interface Host {
  /** The contents of a bound tensor; throws when it has been disposed of. */
  contentsOf(tensor: DeviceTensor): HostArray;
  readonly queue: SerialQueue;
  readonly memory: MemoryMeter;
}

type AnyKernel = (value: Value, operands: readonly HostArray[], result: HostArray) => void;

/** The map's keys are the names of the values that its kernels take. */
const kernelOf = ({ primitive }: Value) => kernels[primitive.name as ComputedName] as AnyKernel;

export class ReferenceExecutable implements Executable {
  readonly statistics: ExecutableStatistics;
  readonly #schedule: readonly Value[];
  readonly #dead: readonly (readonly Value[])[];

  #disposed = false;

  constructor(
    private readonly program: Program,
    private readonly bindings: Bindings,
    private readonly host: Host,
  ) {
    const outputs = Object.values(program.outputs);
    this.#schedule = topologicalOrder(outputs).filter((value) => value.primitive.name !== "input");
    this.#dead = lastUses(this.#schedule, outputs);
    this.statistics = {
      flops: this.#schedule.reduce((total, value) => total + value.primitive.flops(value), 0),
      launches: this.#schedule.length,
      pipelines: 0,
      temporaryBytes: peakLiveBytes(this.#schedule, this.#dead, ({ type }) => bytesOf(type)),
    };
    host.memory.add(this.statistics.temporaryBytes);
  }

  async run(feeds: readonly Feed[]): Promise<Fetched[]> {
    if (this.#disposed) throw new ProgramError("the executable was disposed of");
    for (const feed of feeds) checkFeed(this.program, this.bindings, feed);
    const runs = feeds.map((feed) => {
      const inputs = this.#inputContents(feed);
      return this.host.queue.add(() => this.#deliver(this.#evaluate(inputs)));
    });
    return Promise.all(runs);
  }

  dispose(): void {
    if (!this.#disposed) this.host.memory.subtract(this.statistics.temporaryBytes);
    this.#disposed = true;
  }

  #inputContents(feed: Feed): ReadonlyMap<Value, HostArray> {
    const contents = new Map<Value, HostArray>();
    for (const [name, value] of Object.entries(this.program.inputs)) {
      const tensor = this.bindings.inputs?.[name];
      contents.set(value, tensor ? this.host.contentsOf(tensor) : copyAs(value.type, feed[name]));
    }
    for (const tensor of Object.values(this.bindings.outputs ?? {})) this.host.contentsOf(tensor);
    return contents;
  }

  /** The contents of the outputs, and of the inputs that are outputs. */
  #evaluate(inputs: ReadonlyMap<Value, HostArray>): ReadonlyMap<Value, HostArray> {
    const contents = new Map(inputs);
    this.#schedule.forEach((value, step) => {
      const result = zeros(value.type);
      const operands = value.operands.map((operand) => contents.get(operand) as HostArray);
      kernelOf(value)(value, operands, result);
      contents.set(value, result);
      for (const dead of this.#dead[step]) contents.delete(dead);
    });
    return contents;
  }

  /** Copies first, then writes: an output may be bound to the tensor of an input that another output is. */
  #deliver(contents: ReadonlyMap<Value, HostArray>): Fetched {
    const results = Object.entries(this.program.outputs).map(
      ([name, value]) => [name, copyAs(value.type, contents.get(value) as HostArray)] as const,
    );
    const fetched: Record<string, HostArray> = {};
    for (const [name, result] of results) {
      const tensor = this.bindings.outputs?.[name];
      if (tensor) this.host.contentsOf(tensor).set(result);
      else fetched[name] = result;
    }
    return fetched;
  }
}
