/** Runs a program by evaluating its values one after another in topological order. */
import { type Program, topologicalOrder, type Value } from "../../tensor/program.ts";
import type { Bindings, DeviceTensor, Executable, ExecutableStatistics, Feed, Fetched, HostArray } from "../backend.ts";
import { checkFeed } from "../checks.ts";
import { lastUses } from "../liveness.ts";
import { bytesOf, copyAs, zeros } from "./host-arrays.ts";
import { type ComputedName, kernels } from "./kernels/index.ts";

/** Gives access to the contents of a bound tensor; throws when it has been disposed of. */
export type ContentsOf = (tensor: DeviceTensor) => HostArray;

type AnyKernel = (value: Value, operands: readonly HostArray[], result: HostArray) => void;

/** The map's keys are the names of the values that its kernels take. */
const kernelOf = ({ primitive }: Value) => kernels[primitive.name as ComputedName] as AnyKernel;

export class ReferenceExecutable implements Executable {
  readonly statistics: ExecutableStatistics;
  readonly #schedule: readonly Value[];
  readonly #dead: readonly (readonly Value[])[];

  constructor(
    private readonly program: Program,
    private readonly bindings: Bindings,
    private readonly contentsOf: ContentsOf,
    private readonly onDispose: () => void,
  ) {
    const outputs = Object.values(program.outputs);
    this.#schedule = topologicalOrder(outputs).filter((value) => value.primitive.name !== "input");
    this.#dead = lastUses(this.#schedule, outputs);
    this.statistics = {
      flops: this.#schedule.reduce((total, value) => total + value.primitive.flops(value), 0),
      launches: this.#schedule.length,
      pipelines: 0,
      temporaryBytes: this.#peakBytes(),
    };
  }

  async run(feeds: readonly Feed[]): Promise<Fetched[]> {
    return feeds.map((feed) => this.#runOnce(feed));
  }

  dispose(): void {
    this.onDispose();
  }

  #runOnce(feed: Feed): Fetched {
    checkFeed(this.program, this.bindings, feed);
    const contents = new Map<Value, HostArray>();
    for (const [name, value] of Object.entries(this.program.inputs)) {
      const tensor = this.bindings.inputs?.[name];
      contents.set(value, tensor ? this.contentsOf(tensor) : copyAs(value.type, feed[name]));
    }
    this.#schedule.forEach((value, step) => {
      const result = zeros(value.type);
      const operands = value.operands.map((operand) => contents.get(operand) as HostArray);
      kernelOf(value)(value, operands, result);
      contents.set(value, result);
      for (const dead of this.#dead[step]) contents.delete(dead);
    });
    return this.#deliver(contents);
  }

  /** Copies first, then writes: an output may be bound to the tensor of an input that another output is. */
  #deliver(contents: ReadonlyMap<Value, HostArray>): Fetched {
    const results = Object.entries(this.program.outputs).map(
      ([name, value]) => [name, copyAs(value.type, contents.get(value) as HostArray)] as const,
    );
    const fetched: Record<string, HostArray> = {};
    for (const [name, result] of results) {
      const tensor = this.bindings.outputs?.[name];
      if (tensor) this.contentsOf(tensor).set(result);
      else fetched[name] = result;
    }
    return fetched;
  }

  #peakBytes(): number {
    let live = 0;
    let peak = 0;
    this.#schedule.forEach((value, step) => {
      live += bytesOf(value.type);
      peak = Math.max(peak, live);
      for (const dead of this.#dead[step]) if (dead.primitive.name !== "input") live -= bytesOf(dead.type);
    });
    return peak;
  }
}
