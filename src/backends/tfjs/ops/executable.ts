/** Runs a program by one tfjs op, or a few, for each of its values. */
import * as tf from "@tensorflow/tfjs-core";
import { programCost } from "../../../tensor/cost.ts";
import { asAny, type ValueOf } from "../../../tensor/primitives/index.ts";
import { type Program, topologicalOrder, type Value } from "../../../tensor/program.ts";
import { type Executable, type ExecutableStatistics, type Feed, type Fetched, ProgramError } from "../../backend.ts";
import { lastUses, peakLiveBytes } from "../../liveness.ts";
import type { MemoryMeter } from "../../memory-meter.ts";
import type { SerialQueue } from "../../serial-queue.ts";
import { byteCount, type Contents, download, duplicate, release, upload } from "./contents.ts";
import type { Engine } from "./engine.ts";
import { imageBatch } from "./operations/batch.ts";
import { operationOf } from "./operations/index.ts";

/** A tensor of the caller's. */
export interface HeldTensor {
  contents: Contents;
}

export interface OpsBindings {
  readonly inputs: ReadonlyMap<string, HeldTensor>;
  readonly outputs: ReadonlyMap<string, HeldTensor>;
}

/** What an executable needs of its backend. */
export interface Host {
  readonly engine: Engine;
  readonly queue: SerialQueue;
  readonly memory: MemoryMeter;
  /** Throws ProgramError when the feed does not fit or a bound tensor is gone. */
  checkRun(feed: Feed): void;
}

export class OpsExecutable implements Executable {
  readonly statistics: ExecutableStatistics;
  readonly #schedule: readonly Value[];
  readonly #dead: readonly (readonly Value[])[];
  #disposed = false;

  constructor(
    private readonly program: Program,
    private readonly bindings: OpsBindings,
    private readonly host: Host,
  ) {
    const outputs = Object.values(program.outputs);
    this.#schedule = topologicalOrder(outputs).filter((value) => value.primitive.name !== "input");
    for (const value of this.#schedule) refuseBytes(value);
    this.#dead = lastUses(this.#schedule, outputs);
    this.statistics = {
      flops: programCost(program).flops,
      launches: this.#schedule.length,
      pipelines: 0,
      temporaryBytes: peakLiveBytes(this.#schedule, this.#dead, ({ type }) => byteCount(type)),
    };
    host.memory.add(this.statistics.temporaryBytes);
  }

  async run(feeds: readonly Feed[]): Promise<Fetched[]> {
    if (this.#disposed) throw new ProgramError("the executable was disposed of");
    for (const feed of feeds) this.host.checkRun(feed);
    const copies = feeds.map((feed) =>
      Object.fromEntries(Object.entries(feed).map(([name, data]) => [name, data.slice()])),
    );
    return Promise.all(copies.map((copy) => this.host.queue.add(() => this.#runOnce(copy))));
  }

  dispose(): void {
    if (!this.#disposed) this.host.memory.subtract(this.statistics.temporaryBytes);
    this.#disposed = true;
  }

  async #runOnce(feed: Feed): Promise<Fetched> {
    await this.host.engine.activate();
    const borrowed = new Map<Value, Contents>();
    const own = new Map<Value, Contents>();
    try {
      for (const [name, value] of Object.entries(this.program.inputs)) {
        const held = this.bindings.inputs.get(name);
        if (held) borrowed.set(value, held.contents);
        else own.set(value, upload(value.type, feed[name]));
      }
      this.#evaluate(borrowed, own);
      const outputs = Object.entries(this.program.outputs).map(
        ([name, value]) => [name, (own.get(value) ?? borrowed.get(value)) as Contents] as const,
      );
      const fetched = outputs.filter(([name]) => !this.bindings.outputs.has(name));
      const data = await Promise.all(
        fetched.map(async ([name, contents]) => [name, await download(contents)] as const),
      );
      const next = outputs.flatMap(([name, contents]) => {
        const held = this.bindings.outputs.get(name);
        return held ? [{ held, contents: duplicate(contents) }] : [];
      });
      for (const { held, contents } of next) {
        release(held.contents);
        held.contents = contents;
      }
      return Object.fromEntries(data);
    } finally {
      for (const contents of own.values()) release(contents);
    }
  }

  #evaluate(borrowed: ReadonlyMap<Value, Contents>, own: Map<Value, Contents>): void {
    this.#schedule.forEach((value, step) => {
      const operands = value.operands.map((operand) => (own.get(operand) ?? borrowed.get(operand)) as Contents);
      own.set(
        value,
        tf.tidy(() => compute(value, operands)),
      );
      for (const gone of this.#dead[step]) {
        const contents = own.get(gone);
        if (contents && own.delete(gone)) release(contents);
      }
    });
  }
}

function compute(value: Value, operands: readonly Contents[]): tf.Tensor {
  if (value.primitive.name === "imageBatch") {
    const [pixels, ...tensors] = operands;
    return imageBatch(asAny(value) as ValueOf<"imageBatch">, pixels as Uint8Array, tensors as tf.Tensor[]);
  }
  return operationOf(value)(value, operands as tf.Tensor[]);
}

/** Bytes can be gathered from, not computed with. */
function refuseBytes(value: Value): void {
  const bytes = value.operands.filter(({ type }) => type.dtype === "byte");
  if (bytes.length > 0 && value.primitive.name !== "imageBatch") {
    throw new ProgramError(`${value.primitive.name} of bytes cannot be run by tfjs's ops; imageBatch can`);
  }
}
