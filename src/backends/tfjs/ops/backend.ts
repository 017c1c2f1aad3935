/**
 * The tfjs backend by tfjs's own ops, one after another: for machines without WebAssembly. Slow in plain JavaScript; usable
 * on WebGL. All backends of this kind in a thread share tfjs's engine.
 */
import type { Program, TensorType } from "../../../tensor/program.ts";
import { simplify } from "../../../tensor/simplify/simplify.ts";
import {
  type Backend,
  BackendError,
  type Bindings,
  type DeviceTensor,
  type Executable,
  type HostArray,
  ProgramError,
} from "../../backend.ts";
import { checkData, checkFeed, checkProgram } from "../../checks.ts";
import { MemoryMeter } from "../../memory-meter.ts";
import { SerialQueue } from "../../serial-queue.ts";
import { byteCount, download, release, upload, zeros } from "./contents.ts";
import { type Engine, type EngineName, startEngine } from "./engine.ts";
import { type HeldTensor, OpsExecutable } from "./executable.ts";

class OpsBackend implements Backend {
  readonly kind = "tfjs";
  readonly description: string;
  readonly memory = new MemoryMeter();
  readonly lost;
  readonly #held = new Map<DeviceTensor, HeldTensor>();
  readonly #queue = new SerialQueue();
  #disposed = false;

  constructor(private readonly engine: Engine) {
    this.description = engine.description;
    this.lost = engine.lost;
    void engine.lost.then((reason) => this.#queue.close(reason));
  }

  createTensor(type: TensorType, data?: HostArray, label = "tensor"): DeviceTensor {
    this.#checkLive();
    if (data) checkData(`tensor "${label}"`, type, data);
    const tensor: DeviceTensor = { type, label, dispose: () => this.#dispose(tensor) };
    this.#held.set(tensor, { contents: upload(type, data ?? zeros(type)) });
    this.memory.add(byteCount(type));
    return tensor;
  }

  write(tensor: DeviceTensor, data: HostArray): void {
    checkData(`tensor "${tensor.label}"`, tensor.type, data);
    const [held, copy] = [this.#heldOf(tensor), data.slice()];
    this.#enqueue(async () => {
      await this.engine.activate();
      release(held.contents);
      held.contents = upload(tensor.type, copy);
    });
  }

  async read(tensor: DeviceTensor): Promise<HostArray> {
    const held = this.#heldOf(tensor);
    return this.#queue.add(() => download(held.contents));
  }

  async compile(program: Program, bindings: Bindings = {}): Promise<Executable> {
    this.#checkLive();
    checkProgram(program, bindings, (tensor) => this.#held.has(tensor));
    const bound = [...Object.values(bindings.inputs ?? {}), ...Object.values(bindings.outputs ?? {})];
    const side = (tensors: Readonly<Record<string, DeviceTensor>> = {}) =>
      new Map(Object.entries(tensors).map(([name, tensor]) => [name, this.#heldOf(tensor)]));
    return new OpsExecutable(
      simplify(program),
      { inputs: side(bindings.inputs), outputs: side(bindings.outputs) },
      {
        engine: this.engine,
        queue: this.#queue,
        memory: this.memory,
        checkRun: (feed) => {
          checkFeed(program, bindings, feed);
          for (const tensor of bound) this.#heldOf(tensor);
        },
      },
    );
  }

  idle(): Promise<void> {
    return this.#queue.idle();
  }

  dispose(): void {
    for (const tensor of [...this.#held.keys()]) tensor.dispose();
    this.#disposed = true;
    void this.#queue.idle().then(() => this.#queue.close(new BackendError("The tfjs backend was disposed of.")));
  }

  /** Ends the tensor at once for callers; its memory goes when everything enqueued before has run. */
  #dispose(tensor: DeviceTensor): void {
    const held = this.#held.get(tensor);
    if (!held) return;
    this.#held.delete(tensor);
    this.memory.subtract(byteCount(tensor.type));
    this.#enqueue(() => release(held.contents));
  }

  #enqueue(task: () => void | Promise<void>): void {
    this.#queue.add(task).catch(() => {});
  }

  #checkLive(): void {
    if (this.#disposed) throw new BackendError("The tfjs backend was disposed of.");
  }

  #heldOf(tensor: DeviceTensor): HeldTensor {
    const held = this.#held.get(tensor);
    if (!held) throw new ProgramError(`tensor "${tensor.label}" is disposed or of another backend`);
    return held;
  }
}

/** Rejects with BackendUnavailableError. */
export const createOpsBackend = async (name: EngineName, anyRenderer = false): Promise<Backend> =>
  new OpsBackend(await startEngine(name, anyRenderer));
