/**
 * The tfjs backend on WebAssembly: programs become loops generated for them and XNNPACK matrix products of tfjs's kernels,
 * over one heap. One thread; to use more, make one in each worker: nothing is shared between them.
 */
import type { Program, TensorType } from "../../../tensor/program.ts";
import {
  type Backend,
  BackendError,
  type Bindings,
  type DeviceTensor,
  type Executable,
  type HostArray,
  ProgramError,
  type WasmFacts,
} from "../../backend.ts";
import { checkData, checkFeed, checkProgram } from "../../checks.ts";
import { MemoryMeter } from "../../memory-meter.ts";
import { SerialQueue } from "../../serial-queue.ts";
import { createWasmExecutable, type Profile } from "./executable.ts";
import { copyIn, copyOut } from "./host-copies.ts";
import type { Allocation, KernelModule } from "./kernel-module.ts";
import { byteCount } from "./placement.ts";

/** Bytes in the heap that belong to a tensor of the caller's. */
interface HeldTensor {
  readonly allocation: Allocation;
  readonly address: number;
  /** Counts writes. */
  version: number;
}

export class WasmBackend implements Backend {
  readonly kind = "tfjs";
  readonly description: string;
  readonly memory = new MemoryMeter();
  /** A heap in this process cannot be lost. */
  readonly lost = new Promise<never>(() => {});
  readonly #held = new Map<DeviceTensor, HeldTensor>();
  readonly #queue = new SerialQueue();
  #disposed = false;

  constructor(
    private readonly module: KernelModule,
    private readonly simd: boolean,
    private readonly profile?: Profile,
  ) {
    this.description = simd ? "WebAssembly (SIMD), one thread" : "WebAssembly without SIMD, one thread";
  }

  get wasm(): WasmFacts {
    return { simd: this.simd, threads: 1, heapBytes: this.module.u8.byteLength };
  }

  createTensor(type: TensorType, data?: HostArray, label = "tensor"): DeviceTensor {
    this.#checkLive();
    if (data) checkData(`tensor "${label}"`, type, data);
    const bytes = byteCount(type);
    const allocation = this.module.allocate(bytes, `tensor "${label}"`);
    if (data) copyIn(this.module, type, data, allocation.address);
    else this.module.u8.fill(0, allocation.address, allocation.address + bytes);
    this.memory.add(bytes);
    const tensor: DeviceTensor = { type, label, dispose: () => this.#dispose(tensor) };
    this.#held.set(tensor, { allocation, address: allocation.address, version: 0 });
    return tensor;
  }

  write(tensor: DeviceTensor, data: HostArray): void {
    checkData(`tensor "${tensor.label}"`, tensor.type, data);
    const [held, copy] = [this.#heldOf(tensor), data.slice()];
    this.#enqueue(() => {
      copyIn(this.module, tensor.type, copy, held.address);
      held.version++;
    });
  }

  async read(tensor: DeviceTensor): Promise<HostArray> {
    const { address } = this.#heldOf(tensor);
    return this.#queue.add(() => copyOut(this.module, tensor.type, address));
  }

  async compile(program: Program, bindings: Bindings = {}): Promise<Executable> {
    this.#checkLive();
    checkProgram(program, bindings, (tensor) => this.#held.has(tensor));
    const bound = [...Object.values(bindings.inputs ?? {}), ...Object.values(bindings.outputs ?? {})];
    const side = (tensors: Readonly<Record<string, DeviceTensor>> = {}) =>
      new Map(Object.entries(tensors).map(([name, tensor]) => [name, this.#heldOf(tensor)]));
    const outputs = side(bindings.outputs);
    return createWasmExecutable(
      program,
      { inputs: side(bindings.inputs), outputs },
      {
        module: this.module,
        simd: this.simd,
        queue: this.#queue,
        memory: this.memory,
        profile: this.profile,
        checkRun: (feed) => {
          checkFeed(program, bindings, feed);
          for (const tensor of bound) this.#heldOf(tensor);
        },
        onWritten: () => {
          for (const held of outputs.values()) held.version++;
        },
      },
    );
  }

  idle(): Promise<void> {
    return this.#queue.idle();
  }

  dispose(): void {
    this.#disposed = true;
    this.#queue.close(new BackendError("The tfjs backend was disposed of."));
    this.memory.subtract(this.memory.bytes);
    this.#held.clear();
  }

  /** Ends the tensor at once for callers; its bytes go when everything enqueued before has run. */
  #dispose(tensor: DeviceTensor): void {
    const held = this.#held.get(tensor);
    if (!held) return;
    this.#held.delete(tensor);
    this.memory.subtract(byteCount(tensor.type));
    this.#enqueue(() => held.allocation.free());
  }

  /** A closed queue drops what has not run; then nobody waits for it. */
  #enqueue(task: () => void): void {
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
